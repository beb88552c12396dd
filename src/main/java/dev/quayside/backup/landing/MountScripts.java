package dev.quayside.backup.landing;

/**
 * Holds what is run inside one place. Every script may be cut off before each of its commands:
 * marks, which are empty folders, tell afterwards which entries are whose. The hidden folder of the
 * old set holds {@code data} and, as soon as the old set is whole in there, {@code complete}; that
 * of the new set holds {@code data} and the marks {@code begun} (the first entry may have moved),
 * {@code withdrawn} (no entry of the new set is in the place any more) and {@code back} (the old
 * set is in the place). Where the old set is gone, these tell that from one that was put back.
 *
 * <p>A service that starts on a place that is empty for a moment makes itself at home there. So the
 * hidden folder of the new set also holds {@code old}, with the name and inode of each entry of the
 * old set, by which it is told from what came later; that goes to {@code stray}.
 *
 * @param kept name of the hidden folder of the old set
 * @param fresh name of the hidden folder of the new set
 */
record MountScripts(String kept, String fresh) {

  /** The mounts that a container sees. */
  static final String MOUNTS = "/proc/self/mountinfo";

  /** Every name in the place but the two hidden folders; each is an argument of its own. */
  private static final String EACH =
      "for e in * .[!.]* ..?*; do [ -e \"$e\" ] || [ -L \"$e\" ] || continue;"
          + " case \"$e\" in B|N) continue;; esac; ";

  /** Moves {@code $1} into {@code $2}, and never over anything. */
  private static final String PUT =
      "put() { t=\"$2/${1##*/}\"; if [ -e \"$t\" ] || [ -L \"$t\" ]; then"
          + " echo \"$t is in the way\" >&2; return 8; fi; mv -- \"$1\" \"$t\"; }; ";

  /** Moves {@code $1} out of the way of the old set. */
  private static final String STRAY =
      "stray() { i=1; while [ -d \"N/stray/$i\" ]; do i=$((i+1)); done;"
          + " mkdir -p \"N/stray/$i\"; mv -- \"$1\" \"N/stray/$i/\"; }; ";

  /** Returns whether {@code $1} is the entry of the old set that is called {@code $2}. */
  private static final String OURS =
      "ours() { [ -d \"N/old/$2/$(stat -c %i \"$1\")\" ]; }; there() { [ -e \"$1\" ] || [ -L"
          + " \"$1\" ]; }; ";

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

  /**
   * Notes which entries the old set has, {@code each} of them as {@code $e}; whole or not at all.
   */
  private static String list(String each) {
    return "if [ ! -d N/old ]; then rm -rf N/list; mkdir N/list; "
        + each
        + "mkdir -p \"N/list/${e##*/}/$(stat -c %i \"./$e\")\"; done; mv N/list N/old; sync; fi; ";
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

  /**
   * Names every disk, or folder of elsewhere, that lies anywhere inside: to remove what is around
   * it would empty it. The engine shows in the container what is mounted there.
   *
   * @param table what tells of all mounts, see proc(5); {@link #MOUNTS} but for tests
   */
  String mountsInside(String table) {
    return "p=$(pwd); while read -r _ _ _ _ m _; do case \"$m\" in \"$p\"/*) printf '%s\\n'"
        + " \"${m#\"$p\"/}\";; esac; done <"
        + table;
  }

  /** Moves the old set aside, and says so only if nothing else is in the place. */
  String aside() {
    return named(
        PUT
            + LIKE
            + list(EACH)
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
            + "put \"$e\" .; done; like \"$d\" .; rmdir \"$d\"; rmdir N/begun; mv N/old"
            + " N/list; rm -rf N/list; rmdir N; sync");
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
            + STRAY
            + OURS
            + "if [ ! -d N/back ] && [ -d B/complete ]; then mkdir -p -m 700 N; mkdir -p N/data; "
            + "d=B/data; "
            + list(EACH_IN)
            + EACH
            + "if there \"N/data/$e\"; then stray \"./$e\"; else put \"$e\" N/data; fi; done; sync;"
            + " mkdir -p N/withdrawn; sync; rmdir B/complete; fi");
  }

  /**
   * Puts the old set back into the place; the new one stays, with the mark that says so. Where both
   * have an entry of one name and the kept one is as it was noted, somebody was at work in the
   * place: his goes, and with it what was not noted. In all other cases nothing is guessed.
   */
  String putBack() {
    return named(
        PUT
            + LIKE
            + STRAY
            + OURS
            + "mkdir -p -m 700 N; if [ ! -d N/back ]; then if [ -d B/data ]; then c=; "
            + EACH
            + "if there \"B/data/$e\" && ours \"B/data/$e\" \"$e\"; then c=1; stray \"./$e\"; fi;"
            + " done; "
            + "if [ -n \"$c\" ]; then "
            + EACH
            + "if [ ! -d \"N/old/$e\" ]; then stray \"./$e\"; fi; done; fi; d=B/data; "
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
