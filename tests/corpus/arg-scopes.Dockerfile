ARG BASE=alpine
ARG TAG="3.23" FLAVOUR='none'
ARG UNSET
FROM ${BASE}:${TAG} AS first
ARG TAG
ARG A=1 B="two words" C=three\ words D= E=$A${B:-x}
RUN echo "$TAG $A"
FROM first
ARG BASE=other
RUN echo "$BASE"
