# hadolint misses DL4006 at line 3: the pipe runs in the build of whoever starts from this image.
FROM debian:13
ONBUILD RUN curl -fsSL https://example.org/a | tar -x
USER 1000
