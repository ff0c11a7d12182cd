"""Dagster's view of the pipeline: thin definitions over the plain functions beside this folder."""
