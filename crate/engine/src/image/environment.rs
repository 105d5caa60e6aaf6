//! What images set beside their files.

use super::ImageName;
use super::pattern::matches;

/// The variables that official images are known to set, by repository.
const VARIABLES: [(&str, &str); 11] = [
    ("alpine", ""),
    ("debian", ""),
    ("ubuntu", ""),
    (
        "python",
        "LANG GPG_KEY PYTHON_VERSION PYTHON_SHA256 PYTHON_PIP_VERSION PYTHON_SETUPTOOLS_VERSION PYTHON_GET_PIP_URL PYTHON_GET_PIP_SHA256",
    ),
    ("node", "NODE_VERSION YARN_VERSION NPM_CONFIG_LOGLEVEL"),
    ("golang", "GOLANG_VERSION GOTOOLCHAIN GOPATH"),
    ("rust", "RUSTUP_HOME CARGO_HOME RUST_VERSION"),
    (
        "ruby",
        "LANG RUBY_VERSION RUBY_MAJOR RUBY_DOWNLOAD_URL RUBY_DOWNLOAD_SHA256 RUBYGEMS_VERSION BUNDLER_VERSION GEM_HOME BUNDLE_PATH BUNDLE_BIN BUNDLE_SILENCE_ROOT_WARNING BUNDLE_APP_CONFIG",
    ),
    (
        "php",
        "PHPIZE_DEPS PHP_INI_DIR PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 PHP_EXTRA_CONFIGURE_ARGS PHP_EXTRA_BUILD_DEPS PHP_FILENAME APACHE_CONFDIR APACHE_ENVVARS",
    ),
    ("nginx", "NGINX_VERSION NJS_VERSION NJS_RELEASE PKG_RELEASE DYNPKG_RELEASE ACME_VERSION"),
    ("eclipse-temurin", "JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL"),
];

/// The working directories that images set and document.
const WORKDIRS: [(&str, &str); 11] = [
    ("golang", "/go"),
    ("public.ecr.aws/lambda/*", "/var/task"),
    ("composer", "/app"),
    ("gradle", "/home/gradle"),
    ("tomcat", "/usr/local/tomcat"),
    ("httpd", "/usr/local/apache2"),
    ("jetty", "/var/lib/jetty"),
    ("wordpress", "/var/www/html"),
    ("php:*apache*", "/var/www/html"),
    ("php:*fpm*", "/var/www/html"),
    ("oven/bun", "/home/bun/app"),
];

/// The names of all variables that an image sets, `PATH` left out, with blanks between them; `None` where nobody here knows them.
pub fn environment(image: &ImageName) -> Option<&'static str> {
    VARIABLES.iter().find(|(repository, _)| *repository == image.repository).map(|(_, names)| *names)
}

/// The working directory that an image sets, where it is known for one.
pub fn workdir_of(image: &ImageName) -> Option<&'static str> {
    WORKDIRS.iter().find(|(pattern, _)| matches(pattern, image)).map(|(_, workdir)| *workdir)
}
