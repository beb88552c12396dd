package dev.quayside.backup.landing;

/**
 * Holds what is run inside one place. Every script may be cut off before each of its commands:
 * marks, which are empty folders, tell afterwards which entries are whose. The hidden folder of the
 * old set holds {@code data} and, as soon as the old set is whole in there, {@code complete}; that
 * of the new set holds {@code data} and the marks {@code begun} (the first entry may have moved),
 * {@code withdrawn} (no entry of the new set is in the place any more) and {@code back} (the old
 * set is in the place). Where the old set is gone, these tell that from one that was put back.
 *
 * @param kept name of the hidden folder of the old set
 * @param fresh name of the hidden folder of the new set
 */
record MountScripts(String kept, String fresh) {

  /** Every name in the place but the two hidden folders; each is an argument of its own. */
  private static final String EACH =
      "for e in * .[!.]* ..?*; do [ -e \"$e\" ] || [ -L \"$e\" ] || continue;"
          + " case \"$e\" in B|N) continue;; esac; ";

  /** Moves {@code $1} into {@code $2}, and never over anything. */
  private static final String PUT =
      "put() { t=\"$2/${1##*/}\"; if [ -e \"$t\" ] || [ -L \"$t\" ]; then"
          + " echo \"$t is in the way\" >&2; return 8; fi; mv -- \"$1\" \"$t\"; }; ";

  private static final String EACH_IN =
      "for e in \"$d\"/* \"$d\"/.[!.]* \"$d\"/..?*; do"
          + " [ -e \"$e\" ] || [ -L \"$e\" ] || continue; ";

  /**
   * Gives {@code $2} the owner and mode of {@code $1}. Zeros in front, or a folder would keep a
   * set-group-id of its own.
   */
  private static final String LIKE =
      "like() { chown \"$(stat -c %u:%g \"$1\")\" \"$2\";"
          + " chmod \"00$(stat -c %a \"$1\")\" \"$2\"; }; ";

  static MountScripts of(LandingRecord.MountSwap swap) {
    return new MountScripts(swap.kept(), swap.fresh());
  }

  private String named(String script) {
    return script.replaceAll("\\bB\\b", kept).replaceAll("\\bN\\b", fresh);
  }

  /** Makes the hidden folder of the new set. */
  String prepare() {
    return named("mkdir -m 700 N");
  }

  /** Says which entry is a disk of its own, if one is: it cannot be renamed. */
  String foreignDisks() {
    return named(
        "h=$(stat -c %d .); "
            + EACH
            + "[ \"$(stat -c %d \"./$e\")\" = \"$h\" ] || echo \"$e\"; done");
  }

  /** Moves the old set aside, and says so only if nothing else is in the place. */
  String aside() {
    return named(
        PUT
            + LIKE
            + "sync; mkdir -m 700 B; mkdir B/like; like . B/like; mv B/like B/data; mkdir N/begun; "
            + EACH
            + "put \"$e\" B/data; done; "
            + EACH
            + "echo \"$e appeared meanwhile\" >&2; exit 9; done; "
            + "sync; mkdir B/complete; sync");
  }

  /** Moves the new set into the place that {@link #aside} left empty. */
  String place() {
    return named(
        PUT
            + LIKE
            + "d=N/data; "
            + EACH_IN
            + "put \"$e\" .; done; like \"$d\" .; rmdir \"$d\"; rmdir N/begun; rmdir N; sync");
  }

  /** Says one of the names of {@link Found}. */
  String look() {
    return named(
        "if [ -d N/back ]; then echo BACK;"
            + " elif [ -d B/complete ] && [ -d B/data ]; then echo KEPT;"
            + " elif [ -d B/complete ]; then echo GONE;"
            + " elif [ -d B/data ] && [ -d N/withdrawn ]; then echo WITHDRAWN;"
            + " elif [ -d N/withdrawn ]; then echo GONE;"
            + " elif [ -d B/data ]; then echo PARTLY;"
            + " elif [ -d N/begun ]; then echo GONE;"
            + " elif [ -d B ] || [ -d N ]; then echo UNTOUCHED;"
            + " else echo ABSENT; fi");
  }

  /** Names what is in a place. */
  enum Found {
    /** The old set is in the place again. */
    BACK,
    /** The whole old set is kept; some or all of the new one is in the place. */
    KEPT,
    /** The old set is partly kept and partly in the place again; nothing of the new one is. */
    WITHDRAWN,
    /** The same, before the new set was ever there. */
    PARTLY,
    /** Nothing was moved. */
    UNTOUCHED,
    /** What was kept is not whole any more. */
    GONE,
    /** Neither hidden folder is there. */
    ABSENT;

    /** Returns whether the old set can still be had, where {@code undo} follows a whole restore. */
    boolean whole(boolean undo) {
      return switch (this) {
        case BACK, KEPT, WITHDRAWN -> true;
        case PARTLY, UNTOUCHED -> !undo;
        case GONE, ABSENT -> false;
      };
    }
  }

  /** Takes the new set out of the place if the old one is wholly kept. */
  String withdraw() {
    return named(
        PUT
            + "if [ ! -d N/back ] && [ -d B/complete ]; then mkdir -p -m 700 N; mkdir -p N/data; "
            + EACH
            + "put \"$e\" N/data; done; sync; mkdir -p N/withdrawn; sync; rmdir B/complete; fi");
  }

  /** Puts the old set back into the place; the new one stays, with the mark that says so. */
  String putBack() {
    return named(
        PUT
            + LIKE
            + "mkdir -p -m 700 N; if [ ! -d N/back ]; then if [ -d B/data ]; then d=B/data; "
            + EACH_IN
            + "put \"$e\" .; done; like \"$d\" .; fi; sync; mkdir N/back; sync; fi; for d in B/data"
            + " B/like B/complete B; do [ ! -d \"$d\" ] || rmdir \"$d\"; done; sync");
  }

  /** Removes the new set, which is not in the place. */
  String clear() {
    return named("rm -rf N; sync");
  }

  /** Removes the old set, for good. */
  String removeKept() {
    return named("sync; rm -rf B");
  }
}
