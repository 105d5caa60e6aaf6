# syntax=docker/dockerfile:1
FROM node:24 AS base
FROM base AS deps
ARG NPM_CACHE=npm
RUN --mount=type=cache,id=${NPM_CACHE},target=/root/.npm,sharing=locked,uid=1000,mode=0755 npm ci
RUN --mount=type=bind,source=package.json,target=package.json,rw npm ci
RUN --mount=from=base,src=/a,dst=/b true
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required --mount=type=ssh npm ci
RUN --mount=type=secret,id=token,env=TOKEN true
RUN --mount=type=tmpfs,target=/tmp,size=64m true
RUN --network=none --security=sandbox --device=vendor.example/gpu=all true
