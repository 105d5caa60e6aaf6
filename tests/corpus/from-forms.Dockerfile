ARG IMAGE=alpine
FROM scratch
FROM ${IMAGE}
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
FROM --platform=linux/arm64 registry.example.com:5000/team/app:1.2.3 AS Named.stage-1_x
from alpine@sha256:48b0309ca019d89d40f670aa1bc06e426dc0931948452e8491e3d65087abc07d as lower
FROM build
