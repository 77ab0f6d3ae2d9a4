// Package reason says in both languages why the operating system refused (原因): a full disk, a missing file, no permission.
//
// What the system itself says is in one language, names its calls and repeats the path, which a fault has said already:
//
//	open /data/book: no such file or directory
//	reason.Of(err)   // 没有这个文件或目录 / there is no such file or folder
//
// A fault takes it as its last argument, and speaks the user's language to the end:
//
//	return ErrFolder.Because(err, dir, reason.Of(err))
//
// An error that is not known here keeps the system's own words, without call and path. Nothing is decided by a reason; to
// branch, ask errors.Is of the error.
//
// What does not live here: databases, whose faults package store maps. On the ground floor: imports lang; anybody may
// import it.
package reason
