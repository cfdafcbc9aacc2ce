"""Mandates (mandats): a care provider lets somebody work in his name; started, signed by both, ended."""
