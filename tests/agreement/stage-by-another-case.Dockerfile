# hadolint reports DL3006 at line 4: to BuildKit the names of stages have no case.
FROM debian:13 AS Base
RUN touch /a
FROM base
USER 1000
