# hadolint misses DL3004 at line 4: the container's own program gets root with sudo.
FROM debian:13
USER app
CMD ["sudo", "-E", "server"]
