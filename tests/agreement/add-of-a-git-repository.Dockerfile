# hadolint reports DL3020 at line 3: COPY cannot fetch a repository.
FROM alpine:3.23
ADD git@git.example.org:team/tool.git#v1.2 /src
USER 1000
