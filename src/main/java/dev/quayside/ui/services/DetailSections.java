package dev.quayside.ui.services;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerInspection.Attachment;
import dev.quayside.engine.ContainerInspection.HealthResult;
import dev.quayside.engine.ContainerInspection.Mount;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.ui.control.DetailGrid;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.theme.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** Builds the sections of the detail panel out of one inspection, and keeps their ages true. */
final class DetailSections {

  private static final int LOG_LINES = 5;
  private static final String MASK = "••••••••";

  private final Messages messages = Messages.of("services");
  private final Map<RelativeAge, Instant> ages = new LinkedHashMap<>();

  /** Tells every age as of {@code now}. */
  void retell(Instant now) {
    ages.forEach((label, at) -> label.show(at, now));
  }

  /** Builds the sections; the ages of the ones before are forgotten. */
  List<Node> of(ContainerInspection inspection, Instant now) {
    ages.clear();
    Container container = inspection.container();
    List<Node> sections = new ArrayList<>();
    sections.add(run(container.facts(), inspection, now));
    sections.add(limits(container.facts(), inspection));
    if (!inspection.healthLog().isEmpty()) {
      sections.add(health(inspection.healthLog(), now));
    }
    sections.add(mounts(inspection.mounts()));
    sections.add(networks(inspection.attachments(), container.facts()));
    sections.add(environment(inspection.environmentNames()));
    sections.add(identity(container, inspection));
    sections.add(labels(container));
    return sections;
  }

  private Node run(@Nullable RuntimeFacts facts, ContainerInspection inspection, Instant now) {
    DetailGrid grid = new DetailGrid(messages.get("detail.run"));
    if (facts == null) {
      return grid.line(messages.get("detail.unread"), Look.MUTED);
    }
    grid.add(messages.get("detail.started"), value(age(facts.startedAt(), now)));
    if (facts.finishedAt() != null) {
      grid.add(messages.get("detail.finished"), value(age(facts.finishedAt(), now)));
    }
    if (facts.exitCode().isPresent()) {
      int code = facts.exitCode().getAsInt();
      grid.add(
          messages.get("detail.exit"),
          facts.outOfMemory() ? messages.get("detail.exit.memory", code) : Integer.toString(code));
    }
    grid.add(messages.get("detail.restarts"), orDash(facts.restarts()));
    grid.add(messages.get("detail.policy"), orDash(inspection.restartPolicy()));
    return grid;
  }

  private Node limits(@Nullable RuntimeFacts facts, ContainerInspection inspection) {
    DetailGrid grid = new DetailGrid(messages.get("detail.limits"));
    if (facts != null) {
      grid.add(
          messages.get("detail.limit.cpu"),
          facts.cpuLimit().isEmpty()
              ? messages.get("detail.limit.none")
              : messages.get("detail.limit.cores", facts.cpuLimit().getAsDouble()));
      grid.add(
          messages.get("detail.limit.memory"),
          facts.memoryLimit().isEmpty()
              ? messages.get("detail.limit.none")
              : Quantities.bytes(facts.memoryLimit().getAsLong()));
      grid.add(messages.get("detail.gpu"), yes(facts.wantsGpu()));
    }
    grid.add(messages.get("detail.root"), yes(inspection.readOnlyRoot()));
    grid.add(messages.get("detail.privileged"), yes(inspection.privileged()));
    String user = inspection.user();
    grid.add(
        messages.get("detail.user"), user.isEmpty() ? messages.get("detail.user.image") : user);
    return grid;
  }

  private Node health(List<HealthResult> log, Instant now) {
    DetailGrid grid = new DetailGrid(messages.get("detail.health"));
    List<HealthResult> newestFirst = log.reversed();
    for (HealthResult result : newestFirst.subList(0, Math.min(LOG_LINES, newestFirst.size()))) {
      grid.add(age(result.at(), now), how(result.exitCode()));
      if (!result.output().isBlank()) {
        grid.line(result.output().strip(), Look.CODE, Look.SMALL);
      }
    }
    return grid;
  }

  private String how(OptionalInt exitCode) {
    if (exitCode.isEmpty()) {
      return orDash(exitCode);
    }
    return exitCode.getAsInt() == 0
        ? messages.get("detail.health.passed")
        : messages.get("detail.health.failed", exitCode.getAsInt());
  }

  private static String orDash(OptionalInt number) {
    return orDash(number.isEmpty() ? "" : Integer.toString(number.getAsInt()));
  }

  private Node mounts(List<Mount> mounts) {
    DetailGrid grid = new DetailGrid(messages.get("detail.mounts"));
    if (mounts.isEmpty()) {
      return grid.line(messages.get("detail.none"), Look.MUTED);
    }
    for (Mount mount : mounts) {
      String from = mount.source().isEmpty() ? mount.type() : mount.source();
      String mode = messages.get(mount.writable() ? "detail.mount.write" : "detail.mount.read");
      grid.line(mount.target(), Look.CODE);
      grid.line(messages.get("detail.mount", mount.type(), from, mode), Look.MUTED, Look.SMALL);
    }
    return grid;
  }

  private Node networks(List<Attachment> attachments, @Nullable RuntimeFacts facts) {
    DetailGrid grid = new DetailGrid(messages.get("detail.networks"));
    if (facts != null && attachments.isEmpty()) {
      grid.add(messages.get("detail.network.mode"), orDash(facts.networkMode()));
    }
    for (Attachment attachment : attachments) {
      String addresses =
          attachment.ipv6().isEmpty()
              ? orDash(attachment.ipv4())
              : attachment.ipv4() + ", " + attachment.ipv6();
      grid.add(attachment.network(), addresses);
      if (!attachment.aliases().isEmpty()) {
        grid.line(
            messages.get("detail.aliases", String.join(", ", attachment.aliases())),
            Look.MUTED,
            Look.SMALL);
      }
    }
    return grid;
  }

  private Node environment(List<String> names) {
    DetailGrid grid = new DetailGrid(messages.get("detail.environment"));
    if (names.isEmpty()) {
      return grid.line(messages.get("detail.none"), Look.MUTED);
    }
    names.forEach(name -> grid.add(name, MASK));
    return grid;
  }

  private Node identity(Container container, ContainerInspection inspection) {
    DetailGrid grid = new DetailGrid(messages.get("detail.identity"));
    grid.add(messages.get("detail.container"), container.name());
    grid.add(messages.get("detail.id"), container.id().brief());
    grid.add(messages.get("detail.image"), container.image());
    grid.add(messages.get("detail.digest"), orDash(container.imageId()));
    grid.add(messages.get("detail.command"), orDash(String.join(" ", inspection.command())));
    return grid;
  }

  private Node labels(Container container) {
    DetailGrid grid = new DetailGrid(messages.get("detail.labels"));
    if (container.labels().isEmpty()) {
      return grid.line(messages.get("detail.none"), Look.MUTED);
    }
    new TreeMap<>(container.labels())
        .forEach((name, value) -> {
          grid.line(name, Look.MUTED, Look.SMALL);
          grid.line(orDash(value), Look.SMALL);
        });
    return grid;
  }

  private RelativeAge age(@Nullable Instant at, Instant now) {
    RelativeAge age = new RelativeAge();
    age.show(at, now);
    if (at != null) {
      ages.put(age, at);
    }
    return age;
  }

  /** Lets {@code age} look as the other values of a section do. */
  private static RelativeAge value(RelativeAge age) {
    age.getStyleClass().remove(Look.MUTED);
    age.setWrapText(true);
    age.setMinWidth(0);
    return age;
  }

  private String yes(boolean value) {
    return messages.get(value ? "detail.yes" : "detail.no");
  }

  private static String orDash(String text) {
    return text.isEmpty() ? UnknownText.DASH : text;
  }
}
