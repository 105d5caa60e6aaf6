//! What is known of servers that many images run: where they listen, what they write to, and which of root's powers they need to start.

use crate::image::{ImageName, OsFamily, os_family};
use crate::table::{Listed, words_of};

/// What is known of a server. Each field is a table of words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Server<'t> {
    /// The ports that it listens at unless it is told otherwise.
    pub ports: &'t str,
    /// Folders that it writes what nobody needs afterwards to, beside `/tmp`; `-` where it writes to places that nobody can list.
    pub scratch: &'t str,
    /// Folders that it keeps its data in.
    pub state: &'t str,
    /// The capabilities that it needs while it starts as root.
    pub capabilities: &'t str,
    /// The variables with passwords that a new container of its official image wants.
    pub secrets: &'t str,
}

/// Names of images and programs, ports, scratch folders, data folders, capabilities, secrets. From the documentation of the images:
/// <https://github.com/docker-library/docs> and of the programs.
const SERVERS: &str = "\
nginx-unprivileged|8080
nginx openresty|80|/run /var/cache/nginx||CHOWN SETGID SETUID
httpd-foreground|80|/usr/local/apache2/logs||SETGID SETUID
httpd|80|/run/httpd /var/log/httpd||SETGID SETUID
httpd-of-alpine|80|/run/apache2 /var/log/apache2||SETGID SETUID
apache2 apache2ctl apachectl apache2-foreground|80|/run||SETGID SETUID
wordpress nextcloud|80|/run|/var/www/html|CHOWN DAC_OVERRIDE FOWNER SETGID SETUID
php-fpm|9000|||SETGID SETUID
caddy|80 443||/config /data
traefik|80
haproxy|||
squid|3128|/run /var/log/squid|/var/spool/squid|SETGID SETUID
postgres postgis|5432|/run/postgresql|/var/lib/postgresql/data|CHOWN DAC_OVERRIDE FOWNER SETGID SETUID|POSTGRES_PASSWORD
mysql mysqld|3306|/run/mysqld|/var/lib/mysql|CHOWN DAC_OVERRIDE SETGID SETUID|MYSQL_ROOT_PASSWORD
mariadb mariadbd|3306|/run/mysqld|/var/lib/mysql|CHOWN DAC_OVERRIDE SETGID SETUID|MARIADB_ROOT_PASSWORD
redis redis-server valkey valkey-server|6379||/data|CHOWN DAC_OVERRIDE SETGID SETUID
mongo mongod|27017||/data/configdb /data/db|CHOWN DAC_OVERRIDE SETGID SETUID|MONGO_INITDB_ROOT_PASSWORD
rabbitmq rabbitmq-server|5672|/var/log/rabbitmq|/var/lib/rabbitmq|CHOWN DAC_OVERRIDE SETGID SETUID
memcached|11211
cassandra|9042|-|/var/lib/cassandra|CHOWN DAC_OVERRIDE SETGID SETUID
couchdb|5984|-|/opt/couchdb/data|CHOWN DAC_OVERRIDE SETGID SETUID
elasticsearch opensearch|9200|-|/usr/share/elasticsearch/data
influxdb influxd|8086||/var/lib/influxdb2|CHOWN DAC_OVERRIDE SETGID SETUID
neo4j|7474 7687|-|/data|CHOWN DAC_OVERRIDE SETGID SETUID
eclipse-mosquitto mosquitto|1883||/mosquitto/data|CHOWN SETGID SETUID
solr|8983|-|/var/solr
tomcat catalina.sh|8080|/usr/local/tomcat/logs /usr/local/tomcat/temp /usr/local/tomcat/work
grafana grafana-server|3000||/var/lib/grafana
prometheus|9090||/prometheus
jenkins|8080|-|/var/jenkins_home
ghost|2368|-|/var/lib/ghost/content|CHOWN SETGID SETUID
registry|5000||/var/lib/registry
minio|9000||/data
sshd|22|/run/sshd||AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER SETGID SETUID SYS_CHROOT
named dnsmasq unbound coredns|53|/run
supervisord s6-svscan runsvdir init||/run||CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID
cron crond||/run||DAC_OVERRIDE SETGID SETUID
openvpn wg-quick ipsec charon iptables tailscaled||-||NET_ADMIN
gunicorn uvicorn hypercorn daphne granian|8000
flask|5000
streamlit|8501
rails puma next serve|3000
aspnet|8080
";

impl Server<'static> {
    /// What is known of the server of a name.
    pub fn named(name: &str) -> Option<Server<'static>> {
        for line in SERVERS.lines() {
            let mut fields = line.split('|');
            if words_of(fields.next().unwrap_or_default()).any(|known| known == name) {
                let mut field = || fields.next().unwrap_or_default();
                return Some(Server {
                    ports: field(),
                    scratch: field(),
                    state: field(),
                    capabilities: field(),
                    secrets: field(),
                });
            }
        }
        None
    }

    /// What is known of a program that was installed on an image.
    pub fn on(image: Option<&ImageName>, program: &str) -> Option<Server<'static>> {
        let is_alpine = image.and_then(os_family) == Some(OsFamily::Alpine);
        Server::named(if is_alpine && program == "httpd" { "httpd-of-alpine" } else { program })
    }

    /// What is known of what an image starts by itself.
    pub fn of_image(image: &ImageName) -> Option<Server<'static>> {
        // What these make of a server has its own users, folders and ports.
        if image.repository.contains_any("bitnami linuxserver hardened") {
            return None;
        }
        let variant = |name: &str| image.tag_parts().any(|part| part == name);
        let name = match image.short_name() {
            // The package of this name in distributions has other folders.
            "httpd" => "httpd-foreground",
            "php" if variant("apache") => "apache2",
            "php" if variant("fpm") => "php-fpm",
            // Before 8 it listened at 80.
            "aspnet" if image.major().is_none_or(|major| major < 8) => return None,
            name => name,
        };
        let server = Server::named(name)?;
        // Since 18 the data of each release lie in a folder of their own below this one.
        let is_new_postgres = name == "postgres" && image.major().is_none_or(|major| major >= 18);
        Some(if is_new_postgres { Server { state: "/var/lib/postgresql", ..server } } else { server })
    }
}
