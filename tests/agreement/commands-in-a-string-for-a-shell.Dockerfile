# hadolint misses DL3013 at line 5: bash runs what stands in the string, and pip is in it.
# hadolint misses DL3042 at line 5: bash runs what stands in the string, and pip is in it.
# hadolint misses DL3047 at line 6: bash runs what stands in the string, and wget is in it.
FROM debian:13
RUN bash -c 'cd /srv && pip install flask'
RUN bash -c 'wget https://example.org/a.zip'
USER 1000
