package knowledge

import "io/fs"

// Load reads all packs in fsys: the pack in its root (a folder with pack.yaml), or one in each folder of the
// root that has a pack.yaml. It checks everything first and either returns a base without a fault or an error
// that is a Problems, with all that is wrong in one go.
func Load(fsys fs.FS) (*Base, error) { return nil, nil }
