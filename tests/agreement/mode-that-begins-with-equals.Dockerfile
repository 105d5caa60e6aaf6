# shellcheck reports SC2283 at line 3: =2775 is a mode, and nothing is assigned.
FROM debian:13
RUN mkdir -p /opt/tool && chmod =2775 /opt/tool
USER 1000
