//! The fonts that a browser of these tests sees: one family and no other, so that what is installed
//! on a machine changes nothing.

use std::path::{Path, PathBuf};

use crate::engines;

/// A family, the beginning of its files' names, and the package of Debian that has it.
pub struct Font {
    pub family: &'static str,
    files: &'static str,
    package: &'static str,
}

/// As wide as a face for running text gets; it has Arabic letters.
pub const WIDE: Font =
    Font { family: "DejaVu Sans", files: "DejaVuSans", package: "fonts-dejavu-core" };
/// As narrow as one gets.
pub const NARROW: Font = Font {
    family: "Liberation Sans Narrow",
    files: "LiberationSansNarrow-",
    package: "fonts-liberation",
};

impl Font {
    /// Writes a configuration that knows only this family; `None` if it is not installed.
    pub fn configured(&self, folder: &Path) -> Option<PathBuf> {
        let mut files = Vec::new();
        for folder in ["/usr/share/fonts", "/usr/local/share/fonts"] {
            self.find(Path::new(folder), &mut files);
        }
        if files.is_empty() {
            let Self { family, package, .. } = self;
            engines::missing(&format!("no {family} is installed (Debian: {package})"));
            return None;
        }
        let fonts = folder.join("fonts");
        std::fs::create_dir_all(&fonts).unwrap();
        for file in files {
            std::fs::copy(&file, fonts.join(file.file_name().unwrap())).unwrap();
        }
        let configuration = folder.join("fonts.conf");
        let text = format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n\
             <fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>\n",
            fonts.display(),
            folder.join("cache").display(),
        );
        std::fs::write(&configuration, text).unwrap();
        Some(configuration)
    }

    fn find(&self, folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // The other widths and the mono of a family are others.
            let rest = name.strip_prefix(self.files).and_then(|rest| rest.strip_suffix(".ttf"));
            let is_face = ["", "-Bold", "Regular", "Bold"].into_iter().any(|one| rest == Some(one));
            if path.is_dir() {
                self.find(&path, found);
            } else if is_face {
                found.push(path);
            }
        }
    }
}
