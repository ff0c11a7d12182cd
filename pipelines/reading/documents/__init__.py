"""What a document is: title, kind, region, year, the day it speaks for."""
