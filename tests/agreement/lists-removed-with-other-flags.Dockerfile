# hadolint reports DL3009 at line 3: `-r -f` removes the lists as well as `-rf` does.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends make=4.4.1-2 && rm -r -f /var/lib/apt/lists
USER 1000
