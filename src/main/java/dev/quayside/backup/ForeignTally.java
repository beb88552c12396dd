package dev.quayside.backup;

import dev.quayside.backup.tar.PathGuard;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a tar stream of other origin holds, and keeps nothing of it. */
final class ForeignTally implements ArchiveSink {

  /** How many names at the top are told apart. */
  private static final int MOST_TOPS = 200;

  private static final int SPECIAL = 07000;
  static final RawPath TOP = RawPath.of("");

  /** Says whether there is room for so much. */
  interface Room {
    /** Refuses what does not fit. */
    void require(long bytes, long nodes) throws IOException;
  }

  private final Room room;
  private final Map<RawPath, ForeignReport.Top> tops = new LinkedHashMap<>();
  private final List<String> outsideLinks = new ArrayList<>();
  private long outside;
  private long special;
  private long bytes;
  private long nodes;

  ForeignTally(Room room) {
    this.room = room;
  }

  List<ForeignReport.Top> tops() {
    return List.copyOf(tops.values());
  }

  /** Returns how many links lead out of the folder. */
  long outside() {
    return outside;
  }

  /** Returns the first of them. */
  List<String> outsideLinks() {
    return List.copyOf(outsideLinks);
  }

  /** Returns how many files and folders run as their owner or the like. */
  long special() {
    return special;
  }

  @Override
  public void plan(ArchivePlan plan) {}

  @Override
  public void folder(TarEntry entry) throws IOException {
    add(entry);
  }

  @Override
  public OutputStream file(TarEntry entry) throws IOException {
    add(entry);
    return OutputStream.nullOutputStream();
  }

  @Override
  public void hardLink(TarEntry entry) throws IOException {
    add(entry);
  }

  @Override
  public void symbolicLink(TarEntry entry) throws IOException {
    add(entry);
    RawPath target = entry.link();
    if (target != null && PathGuard.leadsOut(entry.path(), target, TOP)) {
      outside++;
      if (outsideLinks.size() < ForeignTar.MOST_NAMED) {
        outsideLinks.add(entry.path() + " -> " + target);
      }
    }
  }

  @Override
  public OutputStream segment(RawPath joined, TarEntry segment, boolean first) {
    return OutputStream.nullOutputStream();
  }

  private void add(TarEntry entry) throws IOException {
    boolean folded = entry.type() == TarEntry.Type.FILE || entry.type() == TarEntry.Type.FOLDER;
    if (folded && (entry.mode() & SPECIAL) != 0) {
      special++;
    }
    bytes += entry.size();
    nodes++;
    if (entry.size() > 0 || nodes % 1000 == 0) {
      room.require(bytes, nodes);
    }
    RawPath name = top(entry.path());
    if (tops.size() < MOST_TOPS || tops.containsKey(name)) {
      boolean itself = name.equals(entry.path());
      tops.merge(
          name,
          new ForeignReport.Top(
              name.toString(),
              !itself || entry.type() == TarEntry.Type.FOLDER,
              itself ? 0 : 1,
              entry.size()),
          (before, more) ->
              new ForeignReport.Top(
                  before.name(),
                  before.folder(),
                  before.entries() + more.entries(),
                  before.bytes() + more.bytes()));
    }
  }

  private static RawPath top(RawPath path) {
    RawPath top = path;
    for (RawPath parent = top.parent(); parent.length() > 0; parent = top.parent()) {
      top = parent;
    }
    return top;
  }
}
