# hadolint misses DL3047 at line 3: `-P/opt/app` is a folder, and none of its letters makes wget quiet.
FROM debian:13
RUN wget -P/opt/app https://example.org/a.zip
USER 1000
