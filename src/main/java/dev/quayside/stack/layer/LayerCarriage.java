package dev.quayside.stack.layer;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the change of one record, forward in a run and in any state in which a run was cut
 * off. For one thread, under the lock of the project.
 */
final class LayerCarriage {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final Engine engine;
  private final JournaledEngine control;
  private final Intent intent;
  private final LayerStore store;
  private final StepBoundary boundary;
  private final LayerTransfer transfer;

  LayerCarriage(
      Engine engine,
      JournaledEngine control,
      Intent intent,
      LayerStore store,
      StepBoundary boundary) {
    this.engine = engine;
    this.control = control;
    this.intent = intent;
    this.store = store;
    this.boundary = boundary;
    this.transfer = new LayerTransfer(engine, control, intent);
  }

  /** Finds again what lies in a container; it stands still by now. */
  interface Finder {
    LayerFindings look(CarriedContainer container) throws ProblemException;
  }

  /** Brings a container into being that is missing. */
  interface Maker {
    void make(List<String> services) throws ProblemException;
  }

  /**
   * Stops the containers, those that depend on others first, so that nothing more is written, and
   * copies the data that is kept.
   */
  LayerRecord copyOut(LayerRecord begun, Finder finder) throws ProblemException, IOException {
    boundary.reached(LayerSteps.RECORDED);
    for (CarriedContainer one : begun.containers().reversed()) {
      stop(one);
    }
    boundary.reached(LayerSteps.STOPPED);
    List<CarriedContainer> copied = new ArrayList<>();
    for (CarriedContainer one : begun.containers()) {
      LayerFindings found = finder.look(one);
      Path file = store.copy(begun.id(), copied.size());
      copied.add(
          one.copied(
              found.kept().isEmpty()
                  ? ""
                  : transfer.copyOut(one.id(), one.service(), found, file)));
    }
    boundary.reached(LayerSteps.COPIED);
    LayerRecord making = begun.copied(copied);
    store.save(making);
    boundary.reached(LayerSteps.MAKING);
    return making;
  }

  private void stop(CarriedContainer one) throws ProblemException {
    Container now = engine.read(one.id());
    if (now.state() == ContainerState.PAUSED) {
      control.unpause(intent, one.id());
    }
    if (now.live()) {
      control.stop(intent, one.id(), null);
    }
  }

  /**
   * Puts the data into the new containers, none of which was started yet, and compares it.
   *
   * @return where copies were put of what could not go back
   */
  List<Path> fill(LayerRecord making) throws ProblemException, IOException {
    boundary.reached(LayerSteps.MADE);
    List<Path> left = new ArrayList<>();
    List<Container> all = engine.list();
    for (int i = 0; i < making.containers().size(); i++) {
      CarriedContainer one = making.containers().get(i);
      Container now = successor(making, one, all);
      if (now != null) {
        fill(making, i, now, left);
      } else if (one.carries()) {
        throw noContainer(making, one);
      }
    }
    boundary.reached(LayerSteps.CHECKED);
    store.save(making.at(LayerRecord.Phase.STARTING));
    boundary.reached(LayerSteps.STARTING);
    return left;
  }

  private static ProblemException noContainer(LayerRecord record, CarriedContainer one) {
    return new ProblemException(
        MESSAGES.problem("LAYER-NO-CONTAINER", record.subject(), one.service()));
  }

  /** What was started by somebody else holds data of its own by now, and is not written over. */
  private void fill(LayerRecord record, int index, Container now, List<Path> left)
      throws ProblemException, IOException {
    CarriedContainer one = record.containers().get(index);
    Path copy = store.copy(record.id(), index);
    if (!Files.exists(copy)) {
      return;
    }
    boolean whole = false;
    if (now.state() == ContainerState.CREATED && one.carries()) {
      LayerTransfer.Upload upload =
          transfer.upload(now.id(), one.service(), copy, one.fingerprint());
      boundary.reached(LayerSteps.UPLOADED);
      transfer.check(now.id(), one.service(), upload);
      whole = upload.whole();
    }
    if (!whole) {
      left.add(store.setAside(record.id(), index, one.service()));
    }
  }

  /** Destroys the copies and the record once the containers are started. */
  void conclude(LayerRecord record) throws IOException {
    boundary.reached(LayerSteps.STARTED);
    store.destroy(record.id());
    boundary.reached(LayerSteps.DESTROYED);
  }

  /**
   * Tells what {@link #settle} came to.
   *
   * @param ended how
   * @param left where copies were put that belong into no container
   * @param down services that ran before and could not be started
   */
  record Settled(LayerRecovery.Ended ended, List<Path> left, Set<String> down) {}

  /** Brings what was cut off anywhere to an end. The process that made containers has ended. */
  Settled settle(LayerRecord record, Maker maker) throws ProblemException, IOException {
    List<Container> all = withSuccessors(record, maker);
    List<Path> left = new ArrayList<>();
    int made = 0;
    int before = 0;
    for (int i = 0; i < record.containers().size(); i++) {
      CarriedContainer one = record.containers().get(i);
      if (standsAsBefore(record, one, all)) {
        before++;
        removeSuccessors(record, one, all);
        continue;
      }
      Container now = successor(record, one, all);
      if (now != null) {
        made++;
        nameAsMeant(one, now, all);
        if (record.phase() != LayerRecord.Phase.STARTING) {
          fill(record, i, now, left);
        }
      }
    }
    if (record.phase() != LayerRecord.Phase.BRINGING) {
      store.save(record.at(LayerRecord.Phase.STARTING));
    }
    Set<String> down = start(record);
    // All data is in containers by now, or aside: nothing is left that could be tried once more.
    store.destroy(record.id());
    return new Settled(ended(record, made, before, left), left, down);
  }

  private static LayerRecovery.Ended ended(
      LayerRecord record, int made, int before, List<Path> left) {
    if (!left.isEmpty()) {
      return LayerRecovery.Ended.LEFT;
    }
    if (record.phase() == LayerRecord.Phase.BRINGING || (made > 0 && before > 0)) {
      return LayerRecovery.Ended.CUT_OFF;
    }
    return made > 0 ? LayerRecovery.Ended.FINISHED : LayerRecovery.Ended.PUT_BACK;
  }

  private List<Container> withSuccessors(LayerRecord record, Maker maker) throws ProblemException {
    List<Container> all = engine.list();
    List<String> missing = missing(record, all);
    if (missing.isEmpty()) {
      return all;
    }
    maker.make(missing);
    List<Container> again = engine.list();
    for (CarriedContainer one : record.containers()) {
      if (one.carries() && one.inItsPlace(record.project(), again).isEmpty()) {
        throw noContainer(record, one);
      }
    }
    return again;
  }

  /** Returns the services of which a container is missing that holds data or ran. */
  private static List<String> missing(LayerRecord record, List<Container> all) {
    return record.containers().stream()
        .filter(one -> one.inItsPlace(record.project(), all).isEmpty())
        .filter(one ->
            one.carries()
                || (one.wasRunning()
                    && all.stream().noneMatch(other -> one.sameService(record.project(), other))))
        .map(CarriedContainer::service)
        .distinct()
        .toList();
  }

  private static boolean standsAsBefore(
      LayerRecord record, CarriedContainer one, List<Container> all) {
    return one.inItsPlace(record.project(), all).stream()
        .anyMatch(container -> container.id().equals(one.id()));
  }

  /** Compose may have been cut off after it had made one under a name for the time being. */
  private void removeSuccessors(LayerRecord record, CarriedContainer one, List<Container> all)
      throws ProblemException {
    for (Container other : one.inItsPlace(record.project(), all)) {
      if (!other.id().equals(one.id()) && other.state() == ContainerState.CREATED) {
        control.remove(intent, other.id(), true);
      }
    }
  }

  /** Compose may have been cut off before it gave the new one the name of the old one. */
  private void nameAsMeant(CarriedContainer one, Container now, List<Container> all)
      throws ProblemException {
    String name = one.nameFor(now);
    if (!name.equals(now.name()) && all.stream().noneMatch(other -> other.name().equals(name))) {
      control.rename(intent, now.id(), name);
    }
  }

  /** Starts what ran before; one that cannot be started keeps no other one down. */
  private Set<String> start(LayerRecord record) throws ProblemException {
    Set<String> down = startOnce(record);
    // One that lives in the network of another one can only follow it.
    return down.isEmpty() ? down : startOnce(record);
  }

  private Set<String> startOnce(LayerRecord record) throws ProblemException {
    Set<String> down = new LinkedHashSet<>();
    List<Container> all = engine.list();
    for (CarriedContainer one : record.containers()) {
      if (one.wasRunning()) {
        for (Container now : one.inItsPlace(record.project(), all)) {
          if (!now.live()) {
            start(one, now, down);
          }
        }
      }
    }
    return down;
  }

  private void start(CarriedContainer one, Container now, Set<String> down)
      throws ProblemException {
    try {
      control.start(intent, now.id());
    } catch (ProblemException failure) {
      String code = failure.problem().code();
      if (!code.equals(EngineFault.ENGINE_REFUSED.code())
          && !code.equals(EngineFault.CONTAINER_CONFLICT.code())) {
        throw failure;
      }
      down.add(one.service());
    }
  }

  private static @Nullable Container successor(
      LayerRecord record, CarriedContainer one, List<Container> all) {
    return one.inItsPlace(record.project(), all).stream()
        .filter(container -> !container.id().equals(one.id()))
        .findFirst()
        .orElse(null);
  }
}
