package dev.quayside.ui.stack;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is one row of the table of data.
 *
 * @param name path, or name of a volume
 * @param path on this machine; null for what lies in Docker or cannot be found
 * @param services that use it
 * @param holds what it holds, for people; empty where nobody said
 * @param sensitivity of it; null where nobody said
 * @param where in Docker it lies; null for a path
 * @param unplaced why it is unknown where it is; null where it is known or in Docker
 */
record Place(
    String name,
    @Nullable Path path,
    String services,
    String holds,
    DataFolder.@Nullable Sensitivity sensitivity,
    DataFolder.@Nullable Where where,
    StackPicture.@Nullable Unplaced unplaced) {

  /** Lists the places of a stack, those that the catalogue knows first. */
  static List<Place> of(StackPicture picture) {
    List<Place> places = new ArrayList<>();
    for (StackPicture.Data data : picture.data()) {
      DataFolder known = data.known();
      places.add(
          new Place(
              name(known.path(), data.path(), picture),
              data.path(),
              known.service(),
              known.holdsText(),
              known.sensitivity(),
              known.where() == DataFolder.Where.FOLDER ? null : known.where(),
              data.unplaced()));
    }
    for (StackPicture.Mounted mount : picture.mounts()) {
      boolean volume = mount.path() == null && mount.unplaced() == null;
      places.add(
          new Place(
              name(mount.source(), mount.path(), picture),
              mount.path(),
              String.join(", ", mount.services()),
              StackText.of(mount.writable() ? "holds.unknown" : "holds.read-only"),
              null,
              volume ? DataFolder.Where.VOLUME : null,
              mount.unplaced()));
    }
    return places;
  }

  /** Returns the path as seen from the folder of the stack, where it lies inside it. */
  private static String name(String written, @Nullable Path path, StackPicture picture) {
    Path root = picture.root();
    if (path == null) {
      return written;
    }
    return root != null && path.startsWith(root) && !path.equals(root)
        ? root.relativize(path).toString()
        : path.toString();
  }
}
