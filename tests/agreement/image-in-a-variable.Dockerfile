# hadolint misses DL3006 at line 2: the variable has a default, and that default has no tag.
ARG BASE=debian
FROM $BASE
USER 1000
