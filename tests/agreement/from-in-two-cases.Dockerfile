# buildkit misses FromAsCasing at line 3: BuildKit says this too; tally, which runs its checks, keeps one finding of a line.
ARG VERSION
FROM alpine:$VERSION as base
USER 1000
