# buildkit reports UndefinedVar at line 3: BuildKit gives every image a PATH, that of nothing too; tally, which runs its checks, does not.
FROM scratch
ENV PATH=/app:$PATH
USER 1000
