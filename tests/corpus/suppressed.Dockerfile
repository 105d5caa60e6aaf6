# hadolint global ignore=DL3059
FROM debian:13-slim
# hadolint ignore=DL3008,DL3015
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
# layerwise ignore=copy-not-add the bundle is unpacked on purpose
ADD bundle.json /srv/
# layerwise ignore=final-stage-runs-as-root
CMD ["cat", "/srv/bundle.json"]
