package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.picture.PlaceMeter;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows one stack: kind, files, invocation, profiles, env files, services, data. */
@Command(name = "show", resourceBundle = "dev.quayside.cli.help")
final class StackShowVerb extends Verb {

  private static final int PATH = 200;

  @Parameters(paramLabel = "STACK", descriptionKey = "stack.shown")
  private String stack = "";

  @Option(names = "--sizes", descriptionKey = "stack.sizes")
  private boolean sizes;

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    EngineSnapshot engine = engineOf(session);
    Stack found = session.stacks().find(engine, stack);
    PlaceMeter meter = new PlaceMeter(engine::connection, true);
    StackPicture picture = session.pictures().of(found);
    Function<@Nullable Path, @Nullable PlaceSize> measure =
        path -> sizes && path != null ? meter.size(path) : null;
    if (terminal.forPrograms()) {
      terminal.print(document(terminal.json(), picture, measure));
    } else {
      terminal.say(text(terminal, picture, measure));
    }
    Problem complaint = picture.complaint();
    if (complaint != null) {
      terminal.note(complaint.title() + ". " + complaint.happened());
      terminal.note(complaint.unchanged() + " " + complaint.nextStep());
    }
    return complaint == null ? ExitCode.PROVEN : ExitCode.FINDINGS;
  }

  private static String text(
      Terminal terminal,
      StackPicture picture,
      Function<@Nullable Path, @Nullable PlaceSize> measure) {
    List<String> parts = new ArrayList<>();
    parts.add(head(terminal, picture));
    if (!picture.services().isEmpty()) {
      parts.add(services(terminal, picture));
    }
    if (!picture.profiles().isEmpty()) {
      Table table = new Table().row(terminal.text("show.profile-columns").split("\\|"));
      for (StackPicture.Profile profile : picture.profiles()) {
        table.row(
            ForeignText.line(profile.name(), 40),
            terminal.text("show.present", profile.present(), profile.services().size()),
            String.join(", ", profile.services()));
      }
      parts.add(table.text());
    }
    if (!picture.data().isEmpty()) {
      Table table = new Table().row(terminal.text("show.data-columns").split("\\|"));
      for (StackPicture.Data data : picture.data()) {
        table.row(
            place(data),
            data.known().service(),
            Json.word(data.known().sensitivity()),
            size(terminal, measure.apply(data.path())),
            data.known().holdsText());
      }
      parts.add(table.text());
    }
    if (!picture.mounts().isEmpty()) {
      Table table = new Table().row(terminal.text("show.mount-columns").split("\\|"));
      for (StackPicture.Mounted mount : picture.mounts()) {
        table.row(
            ForeignText.line(mount.path() == null ? mount.source() : mount.path().toString(), PATH),
            String.join(", ", mount.services()),
            terminal.text(mount.writable() ? "show.writable" : "show.read-only"),
            size(terminal, measure.apply(mount.path())));
      }
      parts.add(table.text());
    }
    return String.join("\n\n", parts);
  }

  private static String size(Terminal terminal, @Nullable PlaceSize size) {
    return switch (size) {
      case null -> "—";
      case PlaceSize.Known known -> Quantities.bytes(known.bytes());
      case PlaceSize.AtLeast some ->
          terminal.text(
              some.closed() == 0 && some.apart() > 0 && !some.cut()
                  ? "show.at-least.apart"
                  : "show.at-least",
              Quantities.bytes(some.bytes()),
              some.closed());
      case PlaceSize.NotMeasured(PlaceSize.Why why) ->
          terminal.text("show.not-measured." + Json.word(why));
      case PlaceSize.Closed closed -> terminal.text("show.closed");
      case PlaceSize.Unknown unknown -> terminal.text("show.unmeasured", unknown.reason());
      case PlaceSize.Missing missing -> terminal.text("show.missing");
    };
  }

  private static String place(StackPicture.Data data) {
    return data.path() == null
        ? Json.word(data.known().where()) + " " + data.known().path()
        : ForeignText.line(data.path().toString(), PATH);
  }

  private static String head(Terminal terminal, StackPicture picture) {
    Table table = new Table();
    table.row(terminal.text("show.kind"), picture.title());
    table.row(terminal.text("show.folder"), path(picture.root()));
    ComposeInvocation called = picture.invocation();
    if (called != null) {
      table.row(terminal.text("show.project"), ForeignText.line(called.project(), PATH));
      table.row(terminal.text("show.directory"), path(called.directory()));
      for (Path file : called.files()) {
        table.row(terminal.text("show.file"), path(file));
      }
      table.row(terminal.text("show.origin"), origin(picture));
      if (!called.profiles().isEmpty()) {
        table.row(terminal.text("show.profiles"), String.join(", ", called.profiles()));
      }
    }
    for (StackPicture.EnvFile file : picture.envFiles()) {
      String missing = file.exists() ? "" : " " + terminal.text("show.missing");
      table.row(terminal.text("show.env-file"), path(file.path()) + missing);
    }
    picture.differences().forEach(one -> table.row(terminal.text("show.differs"), one));
    picture.others().forEach(one -> table.row(terminal.text("show.other"), path(one)));
    return table.text();
  }

  private static String origin(StackPicture picture) {
    String name = picture.origin() == null ? "LABELS" : picture.origin().name();
    return Messages.of("adoption").get("origin." + name);
  }

  private static String path(@Nullable Path path) {
    return path == null ? "—" : ForeignText.line(path.toString(), PATH);
  }

  private static String services(Terminal terminal, StackPicture picture) {
    Table table = new Table().row(terminal.text("show.service-columns").split("\\|"));
    for (StackPicture.Service service : picture.services()) {
      String state =
          service.containers().isEmpty()
              ? terminal.text(service.onDemand() ? "show.on-demand" : "show.no-container")
              : Json.word(service.containers().getFirst().state());
      table.row(
          ForeignText.line(service.name(), 60),
          state,
          String.join(", ", service.profiles()),
          String.join(", ", service.needs()));
    }
    return table.text();
  }

  private static ObjectNode document(
      Json json, StackPicture picture, Function<@Nullable Path, @Nullable PlaceSize> measure) {
    ObjectNode node = json.document("stack");
    Stack stack = picture.stack();
    node.put("name", stack.name());
    node.put("kind", stack.kind());
    node.put("era", stack.era().isEmpty() ? null : stack.era());
    node.put("title", picture.title());
    node.put("folder", picture.root() == null ? null : picture.root().toString());
    InvocationJson.put(json, node, picture.invocation());
    node.put("origin", picture.origin() == null ? "labels" : Json.word(picture.origin()));
    Problem complaint = picture.complaint();
    node.put("complaint", complaint == null ? null : complaint.happened());
    node.set("differences", json.texts(picture.differences()));
    node.set("otherFiles", json.texts(picture.others().stream().map(Path::toString).toList()));
    ArrayNode services = node.putArray("services");
    for (StackPicture.Service service : picture.services()) {
      ObjectNode one = services.addObject();
      one.put("name", service.name());
      one.set("profiles", json.texts(service.profiles()));
      one.set("needs", json.texts(service.needs()));
      one.set(
          "containers",
          json.texts(service.containers().stream().map(container -> container.name()).toList()));
      one.put("onDemand", service.onDemand());
      one.put("defined", service.defined());
    }
    ArrayNode profiles = node.putArray("profiles");
    for (StackPicture.Profile profile : picture.profiles()) {
      ObjectNode one = profiles.addObject();
      one.put("name", profile.name());
      one.set("services", json.texts(profile.services()));
      one.put("present", profile.present());
    }
    ArrayNode envFiles = node.putArray("envFiles");
    for (StackPicture.EnvFile file : picture.envFiles()) {
      ObjectNode one = envFiles.addObject();
      one.put("path", file.path().toString());
      one.put("exists", file.exists());
      one.set("services", json.texts(file.services()));
    }
    ArrayNode data = node.putArray("data");
    for (StackPicture.Data place : picture.data()) {
      ObjectNode one = data.addObject();
      one.put("place", place.known().path());
      one.put("where", Json.word(place.known().where()));
      one.put("path", place.path() == null ? null : place.path().toString());
      one.put("service", place.known().service());
      one.put("sensitivity", Json.word(place.known().sensitivity()));
      one.put("adapter", place.known().adapter());
      put(one, measure.apply(place.path()));
    }
    ArrayNode mounts = node.putArray("mounts");
    for (StackPicture.Mounted mount : picture.mounts()) {
      ObjectNode one = mounts.addObject();
      one.put("source", mount.source());
      one.put("path", mount.path() == null ? null : mount.path().toString());
      one.set("services", json.texts(mount.services()));
      one.put("writable", mount.writable());
      put(one, measure.apply(mount.path()));
    }
    return node;
  }

  /** Puts a size that was counted whole; what was counted in part is no size. */
  private static void put(ObjectNode node, @Nullable PlaceSize size) {
    node.put("bytes", size instanceof PlaceSize.Known known ? (Long) known.bytes() : null);
    node.put("files", size instanceof PlaceSize.Known known ? (Long) known.files() : null);
  }
}
