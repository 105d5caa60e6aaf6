# hadolint reports DL3015 at line 3: the option may be glued to `-o`.
FROM debian:13
RUN apt-get update && apt-get install -y -oAPT::Install-Recommends=false make=4.4.1-2 && rm -rf /var/lib/apt/lists/*
USER 1000
