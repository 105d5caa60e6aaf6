// The language of Dockerfiles, as far as it is worth completing: https://docs.docker.com/reference/dockerfile/

/** The flags of each instruction. One with `=` at its end wants a value. */
export const FLAGS: Readonly<Partial<Record<string, readonly string[]>>> = {
  FROM: ["--platform="],
  RUN: ["--mount=", "--network=", "--security="],
  COPY: ["--from=", "--chown=", "--chmod=", "--link", "--parents", "--exclude="],
  ADD: ["--chown=", "--chmod=", "--link", "--checksum=", "--keep-git-dir=", "--unpack=", "--exclude="],
  HEALTHCHECK: ["--interval=", "--timeout=", "--start-period=", "--start-interval=", "--retries="],
};

/** Values of flags, those of which a person may mean one. */
export const VALUES: Readonly<Partial<Record<string, readonly string[]>>> = {
  "--platform=": ["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64"],
  "--mount=": ["type=cache,", "type=bind,", "type=secret,", "type=ssh", "type=tmpfs,"],
  "--network=": ["none", "host", "default"],
  "--security=": ["sandbox", "insecure"],
  "--chmod=": ["755", "644", "600", "u=rwX,go=rX"],
  "--checksum=": ["sha256:"],
  "--keep-git-dir=": ["true", "false"],
  "--unpack=": ["true", "false"],
  "--interval=": ["30s", "1m"],
  "--timeout=": ["3s", "5s", "10s"],
  "--start-period=": ["10s", "30s"],
  "--start-interval=": ["1s", "2s"],
  "--retries=": ["3", "5"],
};

/** What may be said of a mount of each type. */
export const MOUNT_KEYS: Readonly<Record<string, readonly string[]>> = {
  cache: ["target=", "sharing=", "id=", "from=", "source=", "uid=", "gid=", "mode=", "ro"],
  bind: ["source=", "target=", "from=", "rw"],
  secret: ["id=", "target=", "env=", "required", "uid=", "gid=", "mode="],
  ssh: ["id=", "target=", "required", "uid=", "gid=", "mode="],
  tmpfs: ["target=", "size="],
};

/** Values of what may be said of a mount. */
export const MOUNT_VALUES: Readonly<Partial<Record<string, readonly string[]>>> = {
  "type=": ["cache", "bind", "secret", "ssh", "tmpfs"],
  "sharing=": ["locked", "shared", "private"],
};

/** Folders in which programs keep what they fetched, and whose they are. */
export const CACHES: readonly (readonly [folder: string, owner: string])[] = [
  ["/root/.npm", "npm"],
  ["/root/.cache/pip", "pip"],
  ["/root/.cache/uv", "uv"],
  // Beside these lie the environments that the packages are installed in.
  ["/root/.cache/pypoetry/cache", "poetry"],
  ["/root/.cache/pypoetry/artifacts", "poetry"],
  ["/usr/local/share/.cache/yarn", "yarn"],
  ["/root/.local/share/pnpm/store", "pnpm"],
  ["/go/pkg/mod", "go mod"],
  ["/root/.cache/go-build", "go build"],
  ["/usr/local/cargo/registry", "cargo"],
  ["/root/.m2", "mvn"],
  ["/root/.gradle", "gradle"],
  ["/root/.nuget/packages", "dotnet"],
  ["/root/.composer/cache", "composer"],
  ["/var/cache/apt", "apt"],
  ["/var/lib/apt", "apt"],
  ["/var/cache/apk", "apk"],
  ["/var/cache/dnf", "dnf"],
];

/** What the builder sets, in every `FROM`, and in stages that declare it. */
export const PLATFORM_ARGS: readonly string[] = [
  "BUILDPLATFORM",
  "TARGETPLATFORM",
  "TARGETARCH",
  "TARGETOS",
  "TARGETVARIANT",
  "BUILDARCH",
  "BUILDOS",
  "BUILDVARIANT",
];

export const SIGNALS: readonly string[] = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH"];

export const SHELLS: readonly string[] = [
  '["/bin/bash", "-o", "pipefail", "-c"]',
  '["/bin/ash", "-eo", "pipefail", "-c"]',
  '["/bin/sh", "-c"]',
  '["powershell", "-Command"]',
];

/** https://specs.opencontainers.org/image-spec/annotations/ */
export const LABELS: readonly string[] = [
  "source", "title", "description", "version", "revision", "licenses", "authors", "url", "documentation", "vendor", "created", "base.name", "base.digest",
].map((name) => `org.opencontainers.image.${name}`);
