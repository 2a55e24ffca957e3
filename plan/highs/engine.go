package highs

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"lodestone/plan/lp"
)

// Engine is the compiled solver. Any number of goroutines may load programs into it; each gets an instance of its own,
// with its own memory.
type Engine struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	cache    wazero.CompilationCache
	names    *glue
}

var _ lp.Solver = (*Engine)(nil)

// New compiles the solver: about two seconds, or less than a tenth of one where cacheDir holds it from an earlier time
// (some 20 MB). Without cacheDir nothing is kept on disk. The error is ErrNotBuiltIn where the program has no solver.
func New(ctx context.Context, cacheDir string) (*Engine, error) {
	code, err := module()
	if err != nil {
		return nil, err
	}
	known, err := names()
	if err != nil {
		return nil, err
	}
	e := &Engine{names: known}
	config := wazero.NewRuntimeConfig()
	if cacheDir != "" {
		if e.cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
			return nil, fmt.Errorf("keep the compiled solver in %s: %w", cacheDir, err)
		}
		config = config.WithCompilationCache(e.cache)
	}
	e.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	if e.compiled, err = e.runtime.CompileModule(ctx, code); err != nil {
		return nil, errors.Join(fmt.Errorf("compile the solver: %w", err), e.Close(ctx))
	}
	if err := e.provide(ctx); err != nil {
		return nil, errors.Join(err, e.Close(ctx))
	}
	return e, nil
}

// provide gives the module what it imports, each call under the module's own name for it.
func (e *Engine) provide(ctx context.Context) error {
	builders := map[string]wazero.HostModuleBuilder{}
	for _, f := range e.compiled.ImportedFunctions() {
		from, name, _ := f.Import()
		call, ok := hostCalls[e.names.imports[name]]
		if !ok {
			return fmt.Errorf("the solver asks for %s.%s (%q), which is not provided", from, name, e.names.imports[name])
		}
		if builders[from] == nil {
			builders[from] = e.runtime.NewHostModuleBuilder(from)
		}
		builders[from] = builders[from].NewFunctionBuilder().
			WithGoModuleFunction(api.GoModuleFunc(call), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	for from, b := range builders {
		if _, err := b.Instantiate(ctx); err != nil {
			return fmt.Errorf("provide %s to the solver: %w", from, err)
		}
	}
	return nil
}

// Load takes a program into an instance of its own.
func (e *Engine) Load(ctx context.Context, p *lp.Program) (lp.Model, error) {
	b, err := e.instance(ctx)
	if err != nil {
		return nil, err
	}
	return load(ctx, b, p)
}

// Close frees the solver and every instance.
func (e *Engine) Close(ctx context.Context) error {
	err := e.runtime.Close(ctx)
	if e.cache != nil {
		err = errors.Join(err, e.cache.Close(ctx))
	}
	return err
}
