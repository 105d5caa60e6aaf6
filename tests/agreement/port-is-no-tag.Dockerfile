# hadolint misses DL3006 at line 2: 5000 is the port of the registry, and the image has no tag.
FROM localhost:5000/team/base
USER 1000
