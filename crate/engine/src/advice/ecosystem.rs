//! What lies about in the folders of a project and has no place in a build context.

/// Names of images and programs that show what a project is made with, and what then lies about: built anew in the build, or of use on
/// one machine only.
pub const ECOSYSTEMS: &str = "\
node npm npx yarn pnpm bun deno|**/node_modules **/npm-debug.log* **/yarn-error.log* **/.npm **/.eslintcache **/coverage
npm-build|dist .next .nuxt .svelte-kit .angular .turbo
python python3 pip pip3 poetry pipenv uv gunicorn uvicorn flask conda|**/__pycache__ **/*.py[cod] **/.venv **/venv **/.pytest_cache **/.mypy_cache **/.ruff_cache **/.tox **/.coverage **/htmlcov **/*.egg-info
go golang|**/*.test **/coverage.out
cargo rust|target
mvn mvnw maven|**/target
gradle gradlew|**/.gradle **/build
dotnet sdk|**/bin **/obj **/*.user **/TestResults
bundle ruby gem rails|.bundle vendor/bundle log tmp **/coverage
composer|vendor
php|storage/logs .phpunit.cache
mix elixir|_build deps
terraform|**/.terraform **/*.tfstate*";

/// What lies about in every project.
pub const EVERYWHERE: &str = "\
    .git .github .gitlab-ci.yml Dockerfile* .dockerignore compose*.yaml docker-compose*.yml .vscode .idea **/.DS_Store **/*.log";

/// What must never get into an image, and nobody notices there.
pub const SECRETS: &str = "**/.env **/.env.local **/.env.*.local **/id_rsa* **/id_ed25519* .aws .ssh";
