# hadolint misses DL3004 at line 4: it is sudo, whichever way it is called.
FROM debian:13
USER app
RUN /usr/bin/sudo touch /etc/app
