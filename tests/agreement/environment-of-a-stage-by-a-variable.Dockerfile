# buildkit reports UndefinedVar at line 7: the stage that the variable names sets it; tally, which runs the checks, does not fill the variable in.
ARG KIND=small
FROM alpine:3.23 AS base-small
ENV RUNNER=app
FROM base-$KIND
RUN touch /a
USER $RUNNER
