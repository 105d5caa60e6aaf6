# hadolint misses DL3008 at line 7: a path does not make apt-get another program.
# hadolint misses DL3015 at line 7: a path does not make apt-get another program.
# hadolint misses DL3013 at line 8: the pip of a virtual environment is pip.
# hadolint misses DL3042 at line 8: the pip of a virtual environment is pip.
# hadolint misses DL3062 at line 9: a path does not make go another program.
FROM debian:13
RUN apt-get update && /usr/bin/apt-get install -y make && rm -rf /var/lib/apt/lists/*
RUN /opt/venv/bin/pip install flask
RUN /usr/local/go/bin/go install example.org/tool@latest
USER 1000
