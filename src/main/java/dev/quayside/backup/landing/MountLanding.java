package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import java.io.InputStream;

/**
 * Exchanges what a volume holds, or a folder that is not ours. An engine cannot rename a volume,
 * and removing one takes removing its containers; so old and new are siblings <i>inside</i> it, in
 * two hidden folders, and change places by renaming each top entry. Every step may be cut off
 * anywhere and begun again: as long as the mark {@code complete} is there, the hidden folder holds
 * the whole old set; without it, that folder and the place hold it together.
 */
final class MountLanding {

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

  /** Gives {@code $2} the owner and mode of {@code $1}. */
  private static final String LIKE =
      "like() { chown \"$(stat -c %u:%g \"$1\")\" \"$2\"; chmod \"$(stat -c %a \"$1\")\" \"$2\"; };"
          + " ";

  private static final long SLACK_BYTES = 64L << 20;
  private static final int BLOCK = 1024;
  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;
  private final LandingRecord record;
  private final Intent intent;

  MountLanding(LandingParts parts, LandingRecord record, Intent intent) {
    this.parts = parts;
    this.record = record;
    this.intent = intent;
  }

  private interface Work<T> {
    T run(Hands hands) throws ProblemException;
  }

  private <T> T with(LandingRecord.MountSwap swap, Work<T> work) throws ProblemException {
    try (Engine reader = parts.engines().connect();
        Hands hands = Hands.on(reader, parts.control().get(), intent, swap, record.id())) {
      return work.run(hands);
    }
  }

  /** Returns whether the image of {@code swap} has the tools. */
  boolean able(LandingRecord.MountSwap swap) throws ProblemException {
    try {
      return with(swap, Hands::able);
    } catch (ProblemException unable) {
      return false; // an image without a shell does not even start
    }
  }

  /** Holds open containers while parts are unpacked in their places. */
  final class Staging implements PartStaging.Receiver, AutoCloseable {

    private final LandingRecord.MountSwap swap;
    private final Engine reader;
    private final Hands hands;

    /**
     * Makes the hidden folder for the new set.
     *
     * @param bytes how much will come
     * @throws ProblemException also if there is no room for it
     */
    Staging(LandingRecord.MountSwap swap, long bytes) throws ProblemException {
      this.swap = swap;
      this.reader = parts.engines().connect();
      boolean ready = false;
      try {
        this.hands = Hands.on(reader, parts.control().get(), intent, swap, record.id());
        try {
          requireRoom(bytes);
          hands.run("mkdir -m 700 " + swap.fresh());
          ready = true;
        } finally {
          if (!ready) {
            hands.close();
          }
        }
      } finally {
        if (!ready) {
          reader.close();
        }
      }
    }

    private void requireRoom(long bytes) throws ProblemException {
      String free = hands.run("df -Pk . | { read -r _; read -r _ _ _ a _; echo \"$a\"; }").strip();
      if (!free.matches("[0-9]{1,15}")) {
        return; // unknown; a full disk is met later and taken back
      }
      long room = Long.parseLong(free) * BLOCK;
      if (room < bytes + SLACK_BYTES) {
        throw new ProblemException(
            MESSAGES.problem(
                "LANDING-MOUNT-ROOM",
                swap.source(),
                Quantities.bytes(room),
                Quantities.bytes(bytes)));
      }
    }

    @Override
    public String name() {
      return swap.fresh() + "/data";
    }

    @Override
    public void take(InputStream tar) throws ProblemException {
      hands.unpack(tar);
    }

    @Override
    public InputStream back() throws ProblemException {
      return hands.pack(name());
    }

    @Override
    public void close() throws ProblemException {
      try (reader) {
        hands.close();
      }
    }
  }

  private static String each(LandingRecord.MountSwap swap) {
    return EACH.replace("B", swap.kept()).replace("N", swap.fresh());
  }

  /** Nothing is renamed under a service that somebody started since the others were stopped. */
  private void requireStill(LandingRecord.MountSwap swap) throws ProblemException {
    for (Consumers one : new LiveStack(parts).running(record.stack())) {
      if (one.sees(swap.source()) && !one.service().startsWith(Hands.NAME)) {
        throw new ProblemException(
            MESSAGES.problem("LANDING-IN-USE", swap.source(), one.service()));
      }
    }
  }

  /** Puts the new set in the place of the old one, which is kept. */
  void forward(LandingRecord.MountSwap swap) throws ProblemException {
    requireStill(swap);
    with(
        swap,
        hands -> {
          String before = swap.kept();
          var _ =
              hands.run(
                  PUT
                      + LIKE
                      + "sync; mkdir -m 700 B; mkdir B/like; like . B/like; mv B/like B/data; "
                          .replace("B", before)
                      + each(swap)
                      + "put \"$e\" B/data; done; sync; mkdir B/complete; sync"
                          .replace("B", before));
          parts.reached(LandingStep.MOUNT_ASIDE);
          var _ =
              hands.run(
                  PUT
                      + LIKE
                      + "d="
                      + swap.fresh()
                      + "/data; "
                      + EACH_IN
                      + "put \"$e\" .; done; like \"$d\" .; rmdir \"$d\" "
                      + swap.fresh()
                      + "; sync");
          parts.reached(LandingStep.MOUNT_PLACED);
          return "";
        });
  }

  /** Puts the old set back where it is not in place, and removes the new one. */
  void back(LandingRecord.MountSwap swap) throws ProblemException {
    if (record.phase() != LandingRecord.Phase.STAGING) {
      requireStill(swap);
    }
    with(
        swap,
        hands -> {
          String before = swap.kept();
          String fresh = swap.fresh();
          var _ =
              hands.run(
                  PUT
                      + LIKE
                      + "if [ -d B/complete ]; then mkdir -p -m 700 N; mkdir -p N/data; "
                          .replace("B", before)
                          .replace("N", fresh)
                      + each(swap)
                      + "put \"$e\" N/data; done; sync; rmdir B/complete; fi"
                          .replace("B", before)
                          .replace("N", fresh));
          parts.reached(LandingStep.MOUNT_WITHDRAWN);
          var _ =
              hands.run(
                  PUT
                      + LIKE
                      + "if [ -d B/data ]; then d=B/data; ".replace("B", before)
                      + EACH_IN
                      + "put \"$e\" .; done; like \"$d\" .; sync; rmdir \"$d\"; fi; "
                      + "[ ! -d B/like ] || rmdir B/like; [ ! -d B ] || rmdir B; rm -rf N; sync"
                          .replace("B", before)
                          .replace("N", fresh));
          parts.reached(LandingStep.MOUNT_BACK);
          return "";
        });
  }

  /** Returns whether the whole old set is kept there; anybody who is root inside may delete it. */
  boolean keeps(LandingRecord.MountSwap swap) throws ProblemException {
    String look = "if [ -d B/complete ] && [ -d B/data ]; then echo kept; fi";
    return with(swap, hands -> hands.run(look.replace("B", swap.kept()))).strip().equals("kept");
  }

  /** Removes the old set, for good. */
  void removeKept(LandingRecord.MountSwap swap) throws ProblemException {
    with(swap, hands -> hands.run("sync; rm -rf " + swap.kept()));
  }
}
