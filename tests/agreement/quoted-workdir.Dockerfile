# buildkit reports WorkdirRelativePath at line 3: BuildKit takes the quotes off; tally, which runs its checks, does not.
FROM alpine:3.23
WORKDIR "/app"
USER 1000
