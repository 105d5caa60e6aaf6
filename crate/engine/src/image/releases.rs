//! The newest releases of official images.

use super::ImageName;
use crate::date::Date;

/// The day of the facts in this file, as `YYYY-MM-DD`.
pub const DATA_AS_OF: &str = "2026-08-22";

/// A release that a tag can name.
struct Release {
    tag: &'static str,
    /// The day its support ends, as `YYYY-MM-DD`; empty where none is set.
    ends: &'static str,
    /// The day from which it is the one for long-term support, as `YYYY-MM-DD`; empty where there is no such thing.
    lts_from: &'static str,
}

const fn release(tag: &'static str, ends: &'static str) -> Release {
    Release { tag, ends, lts_from: "" }
}

impl Release {
    const fn lts_from(self, lts_from: &'static str) -> Release {
        Release { lts_from, ..self }
    }
}

/// The newest releases of a repository, the newest first. From <https://endoflife.date> and the official images' own lists.
fn releases(repository: &str) -> &'static [Release] {
    match repository {
        "alpine" => const { &[release("3.24", "2028-06-01"), release("3.23", "2027-11-01")] },
        "debian" => const { &[release("13", "2030-06-30")] },
        "ubuntu" => const { &[release("26.04", "2031-04-30"), release("24.04", "2029-05-31")] },
        "fedora" => const { &[release("44", "2027-06-02")] },
        "rockylinux" => const { &[release("9", "2032-05-31")] },
        "almalinux" => const { &[release("10", "2035-05-31")] },
        "oraclelinux" => const { &[release("10", "")] },
        "amazonlinux" => const { &[release("2023", "2029-06-30")] },
        "node" => {
            const {
                &[
                    release("26", "2029-04-30").lts_from("2026-10-28"),
                    release("24", "2028-04-30").lts_from("2025-10-28"),
                ]
            }
        }
        "python" => const { &[release("3.14", "2030-10-31"), release("3.13", "2029-10-31")] },
        "golang" => const { &[release("1.27", ""), release("1.26", "")] },
        "ruby" => const { &[release("4.0", "2029-03-31"), release("3.4", "2028-03-31")] },
        "php" => const { &[release("8.5", "2029-12-31"), release("8.4", "2028-12-31")] },
        "perl" => const { &[release("5.44", "2029-07-15")] },
        "erlang" => const { &[release("29", "2029-05-11")] },
        "elixir" => const { &[release("1.20", "")] },
        "eclipse-temurin" => const { &[release("25", "2031-09-30")] },
        "amazoncorretto" => const { &[release("25", "2032-10-31")] },
        "gradle" => const { &[release("9", "")] },
        "nginx" => const { &[release("1.31", ""), release("1.30", "")] },
        "httpd" => const { &[release("2.4", "")] },
        "haproxy" => const { &[release("3.4", "2031-04-01")] },
        "postgres" => const { &[release("18", "2030-11-14"), release("17", "2029-11-08")] },
        "mysql" => const { &[release("9.7", "2034-04-21")] },
        "mariadb" => const { &[release("12.3", "2029-06-12")] },
        "mongo" => const { &[release("8.3", "2029-10-31")] },
        "redis" => const { &[release("8.10", "")] },
        "memcached" => const { &[release("1.6", "")] },
        "rabbitmq" => const { &[release("4.3", "")] },
        _ => &[],
    }
}

/// The newest release of an image's repository that is supported on a day; where the day is unknown, on that of the data.
pub fn newest_release(image: &ImageName, today: Option<Date>) -> Option<&'static str> {
    newest(image, today, |_, _| true)
}

/// As [`newest_release`], of the releases that are in long-term support on that day.
pub fn newest_lts(image: &ImageName, today: Option<Date>) -> Option<&'static str> {
    newest(image, today, |release, today| Date::parse(release.lts_from).is_some_and(|start| start <= today))
}

fn newest(image: &ImageName, today: Option<Date>, fits: impl Fn(&Release, Date) -> bool) -> Option<&'static str> {
    let today = today.or(Date::parse(DATA_AS_OF))?;
    let is_supported = |release: &&Release| Date::parse(release.ends).is_none_or(|end| end > today);
    releases(&image.repository)
        .iter()
        .filter(is_supported)
        .find(|release| fits(release, today))
        .map(|release| release.tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_that_has_ended_is_not_proposed() {
        let newest = |image, day| newest_release(&ImageName::parse(image).unwrap(), Date::parse(day));
        assert_eq!(newest("docker.io/library/node", "2026-11-01"), Some("26"));
        assert_eq!(newest("fedora", "2030-01-01"), None);
        assert_eq!(newest("example.com/node", "2026-11-01"), None);
    }

    #[test]
    fn a_release_is_for_the_long_term_from_its_day_on() {
        let newest = |image, day| newest_lts(&ImageName::parse(image).unwrap(), Date::parse(day));
        assert_eq!(newest("node", "2026-10-27"), Some("24"));
        assert_eq!(newest("node", "2026-10-28"), Some("26"));
        assert_eq!(newest("python", "2026-10-28"), None);
    }
}
