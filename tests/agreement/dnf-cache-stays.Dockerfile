# hadolint misses DL3040 at line 3: dnf's cache is not what is removed.
FROM fedora:43
RUN dnf install -y make-4.4 && rm -rf /tmp/build
USER 1000
