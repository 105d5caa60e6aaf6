# buildkit misses FromPlatformFlagConstDisallowed at line 2: BuildKit has this check; tally, which runs the others, leaves it to a rule of its own.
FROM --platform=linux/amd64 alpine:3.23
USER 1000
