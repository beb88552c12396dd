package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import java.io.InputStream;

/**
 * Exchanges what a volume holds, or a folder that is not ours. An engine cannot rename a volume,
 * and removing one takes removing its containers; so old and new are siblings <i>inside</i> it, in
 * two hidden folders, and change places by renaming each top entry. Every step may be cut off
 * anywhere; {@link MountScripts} says how what is there tells whose it is.
 */
final class MountLanding {

  private static final int LONGEST = 300;
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
        Hands hands = hands(reader, swap)) {
      return work.run(hands);
    }
  }

  /** Takes another image of the stack where the one that was chosen is gone. */
  private Hands hands(Engine reader, LandingRecord.MountSwap swap) throws ProblemException {
    try {
      return on(reader, swap);
    } catch (ProblemException gone) {
      for (String image : new LiveStack(parts).images(record.stack())) {
        if (!image.equals(swap.image()) && able(swap.by(image))) {
          return on(reader, swap.by(image));
        }
      }
      throw gone;
    }
  }

  private Hands on(Engine reader, LandingRecord.MountSwap swap) throws ProblemException {
    return Hands.on(reader, parts.control().get(), intent, swap, record.id());
  }

  /** Returns whether the image of {@code swap} has the tools. */
  boolean able(LandingRecord.MountSwap swap) throws ProblemException {
    try (Engine reader = parts.engines().connect();
        Hands hands = on(reader, swap)) {
      return hands.able();
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
     * @param room adds up what comes to each disk
     * @throws ProblemException also if there is no room for it
     */
    Staging(LandingRecord.MountSwap swap, long bytes, MountRoom room) throws ProblemException {
      this.swap = swap;
      this.reader = parts.engines().connect();
      boolean ready = false;
      try {
        this.hands = on(reader, swap);
        try {
          requireRoom(room, bytes);
          requireOneDisk();
          hands.run(MountScripts.of(swap).prepare());
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

    private void requireOneDisk() throws ProblemException {
      String inside = hands.run(MountScripts.of(swap).foreignDisks()).strip();
      if (!inside.isEmpty()) {
        throw new ProblemException(
            MESSAGES.problem(
                "LANDING-MOUNT-INSIDE", swap.source(), ForeignText.line(inside, LONGEST)));
      }
      requireNoMounts(hands, swap);
    }

    private void requireRoom(MountRoom room, long bytes) throws ProblemException {
      String free = hands.run("df -Pk . | { read -r _; read -r _ _ _ a _; echo \"$a\"; }").strip();
      room.take(swap.source(), hands.run("stat -c %d .").strip(), free, bytes);
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

  /** A disk that lies inside would be emptied with what is removed, now or at the end. */
  private static void requireNoMounts(Hands hands, LandingRecord.MountSwap swap)
      throws ProblemException {
    String inside = hands.run(MountScripts.of(swap).mountsInside(MountScripts.MOUNTS)).strip();
    if (!inside.isEmpty()) {
      throw new ProblemException(
          MESSAGES.problem(
              "LANDING-DISK-INSIDE", swap.source(), ForeignText.line(inside, LONGEST)));
    }
  }

  /** Nothing is renamed under a service that somebody started since the others were stopped. */
  private void requireStill(LandingRecord.MountSwap swap) throws ProblemException {
    for (Consumers one : new LiveStack(parts).running(record.stack())) {
      if (one.blocks(record.stack(), swap.source()) && !one.service().startsWith(Hands.NAME)) {
        throw new ProblemException(
            MESSAGES.problem("LANDING-IN-USE", swap.source(), one.service()));
      }
    }
  }

  /** Puts the new set in the place of the old one, which is kept. */
  void forward(LandingRecord.MountSwap swap) throws ProblemException {
    MountScripts scripts = MountScripts.of(swap);
    with(
        swap,
        hands -> {
          requireStill(swap);
          requireNoMounts(hands, swap);
          var _ = hands.run(scripts.aside());
          parts.reached(LandingStep.MOUNT_ASIDE);
          requireStill(swap); // a restart policy may have started one meanwhile
          var _ = hands.run(scripts.place());
          requireStill(swap); // or have seen half of the new set
          parts.reached(LandingStep.MOUNT_PLACED);
          return "";
        });
  }

  /**
   * Puts the old set back where it is not in place; the new one stays hidden until {@link #clear}.
   *
   * @return false if what was kept is not there any more; nothing is moved then
   */
  boolean back(LandingRecord.MountSwap swap) throws ProblemException {
    MountScripts scripts = MountScripts.of(swap);
    boolean undo = record.phase() == LandingRecord.Phase.UNDOING;
    return with(
        swap,
        hands -> {
          requireNoMounts(hands, swap);
          if (!found(hands, scripts).whole(undo)) {
            return false;
          }
          requireStill(swap);
          var _ = hands.run(scripts.withdraw());
          parts.reached(LandingStep.MOUNT_WITHDRAWN);
          requireStill(swap);
          var _ = hands.run(scripts.putBack());
          requireStill(swap);
          parts.reached(LandingStep.MOUNT_BACK);
          return true;
        });
  }

  private static MountScripts.Found found(Hands hands, MountScripts scripts)
      throws ProblemException {
    return MountScripts.Found.valueOf(hands.run(scripts.look()).strip());
  }

  /** Removes the new set where it is not in the place, which takes as long as it is large. */
  void clear(LandingRecord.MountSwap swap) throws ProblemException {
    with(
        swap,
        hands -> {
          requireNoMounts(hands, swap);
          MountScripts scripts = MountScripts.of(swap);
          // Where the old set is gone, some of the new one may be nowhere else.
          return found(hands, scripts) == MountScripts.Found.GONE ? "" : hands.run(scripts.clear());
        });
  }

  /** Returns what is there; anybody who is root inside may delete or change it. */
  MountScripts.Found found(LandingRecord.MountSwap swap) throws ProblemException {
    return with(
        swap,
        hands -> {
          requireNoMounts(hands, swap);
          return found(hands, MountScripts.of(swap));
        });
  }

  /** Removes the old set, for good. */
  void removeKept(LandingRecord.MountSwap swap) throws ProblemException {
    with(
        swap,
        hands -> {
          requireNoMounts(hands, swap);
          return hands.run(MountScripts.of(swap).removeKept());
        });
  }
}
