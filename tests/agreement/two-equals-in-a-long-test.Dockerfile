# shellcheck misses SC3014 at line 4: dash refuses == in a test of two comparisons just as in one of one.
FROM debian:13
ARG VERSION
RUN if test "$VERSION" == 8.4 -o "$VERSION" == 8.5; then touch /etc/recent; fi
USER 1000
