# syntax = docker/dockerfile:1.19
# check=skip=JSONArgsRecommended,StageNameCasing;error=true
# escape=\
# unknown=value
FROM alpine:3.23
# escape=`
RUN echo a \
 && echo b
