package dev.quayside.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Holds the options that every verb understands, before or after it. */
public final class GlobalOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "option.help",
      scope = ScopeType.INHERIT)
  private boolean help;

  @Option(
      names = "--engine",
      paramLabel = "HOST",
      descriptionKey = "option.engine",
      scope = ScopeType.INHERIT)
  private @Nullable String engine;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      descriptionKey = "option.context",
      scope = ScopeType.INHERIT)
  private @Nullable String context;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      descriptionKey = "option.home",
      scope = ScopeType.INHERIT)
  private @Nullable Path home;

  @Option(names = "--json", descriptionKey = "option.json", scope = ScopeType.INHERIT)
  private boolean json;

  @Option(names = "--demo", descriptionKey = "option.demo", scope = ScopeType.INHERIT)
  private boolean demo;

  /** Returns the engine's address as given, or null. */
  public @Nullable String engine() {
    return engine;
  }

  /** Returns the Docker context as given, or null. */
  public @Nullable String context() {
    return context;
  }

  /** Returns the folder for everything of Quayside's own, or null for the usual ones. */
  public @Nullable Path home() {
    return home;
  }

  /** Returns whether only the help was asked for. */
  public boolean help() {
    return help;
  }

  /** Returns whether to print for programs. */
  public boolean json() {
    return json;
  }

  /** Returns whether to show scripted stacks instead of an engine. */
  public boolean demo() {
    return demo;
  }
}
