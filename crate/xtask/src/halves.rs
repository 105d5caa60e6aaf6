//! Cuts a WebAssembly module in two: a first half, which works by itself, and a second one with functions that are not needed at first. It comes
//! into the same memory later, and what calls them finds them there.
//!
//! Where such a function was, the first half calls what stands at a place of its table. The second half puts it there. Whoever calls one before that
//! is stopped by a trap, as by any other call of nothing.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, Function, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, ImportedFunction, MemoryId, Module, ModuleConfig, TableId, ir, passes,
};

/// What the second half calls the first one among its imports.
const FIRST: &str = "first";

/// The two modules.
pub struct Halves {
    /// What they are cut from, without its names.
    pub whole: Vec<u8>,
    /// Works by itself, as long as nobody needs what is in the other.
    pub first: Vec<u8>,
    /// Its imports, all from a module [`FIRST`], are exports of the first half's instance.
    pub second: Vec<u8>,
}

/// Cuts a module that holds the names of its functions: those of `names` go into the second half, with all that nothing else needs.
///
/// # Errors
/// When this is no module, when one of the functions is not in it, or when it is put together otherwise than Rust's are.
pub fn cut(wasm: &[u8], names: &[String]) -> Result<Halves> {
    // Each is made of all the bytes, in which things have the same order: so the two agree on places and names.
    let whole = module(wasm)?.emit_wasm();
    Ok(Halves { whole, first: first(module(wasm)?, names)?, second: second(module(wasm)?, names)? })
}

fn first(mut module: Module, names: &[String]) -> Result<Vec<u8>> {
    let cut = Cut::of(&module, names)?;
    Shared::of(&module, &cut).give(&mut module);
    cut.leave_calls(&mut module);
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

fn second(mut module: Module, names: &[String]) -> Result<Vec<u8>> {
    let cut = Cut::of(&module, names)?;
    Shared::of(&module, &cut).take(&mut module)?;
    cut.put_in_place(&mut module);
    passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

fn module(wasm: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(wasm)
}

/// Who goes where.
struct Cut {
    /// The functions of the second half.
    second: BTreeSet<FunctionId>,
    /// Those of them that the first half calls, in the order of their places in the table.
    entries: Vec<FunctionId>,
    /// The table of functions.
    table: TableId,
    /// The first of their places.
    place: i32,
}

impl Cut {
    fn of(module: &Module, names: &[String]) -> Result<Cut> {
        let table = module.tables.main_function_table()?.context("The module has no table of functions.")?;
        let by_name: HashMap<&str, FunctionId> =
            module.funcs.iter().filter_map(|function| Some((plain_name(function)?, function.id()))).collect();
        let named = names.iter().map(|name| {
            by_name.get(name.as_str()).copied().with_context(|| format!("The module has no function `{name}`."))
        });
        let named: BTreeSet<FunctionId> = named.collect::<Result<_>>()?;
        let calls: BTreeMap<FunctionId, Uses> =
            module.funcs.iter_local().map(|(id, _)| (id, Uses::of(module, id))).collect();
        let mut first = BTreeSet::new();
        let mut entries = BTreeSet::new();
        let mut ahead = pointed_at(module);
        while let Some(function) = ahead.pop() {
            if named.contains(&function) {
                entries.insert(function);
            } else if first.insert(function) {
                ahead.extend(calls.get(&function).into_iter().flat_map(|uses| &uses.functions));
            }
        }
        let second = calls.into_keys().filter(|function| !first.contains(function)).collect();
        let place = i32::try_from(module.tables.get(table).initial)?;
        Ok(Cut { second, entries: entries.into_iter().collect(), table, place })
    }

    /// Puts a call of a place in the table where each function was.
    fn leave_calls(&self, module: &mut Module) {
        for (place, function) in (self.place..).zip(&self.entries) {
            let ty = module.funcs.get(*function).ty();
            let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
            let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
            let parameters: Vec<_> = parameters.into_iter().map(|ty| module.locals.add(ty)).collect();
            let mut body = builder.func_body();
            for parameter in &parameters {
                body.local_get(*parameter);
            }
            body.i32_const(place).call_indirect(ty, self.table);
            module.funcs.get_mut(*function).kind = FunctionKind::Local(builder.local_func(parameters));
        }
        self.make_room(module);
    }

    /// Fills these places.
    fn put_in_place(&self, module: &mut Module) {
        let start = ConstExpr::Value(ir::Value::I32(self.place));
        let kind = ElementKind::Active { table: self.table, offset: start };
        let segment = module.elements.add(kind, ElementItems::Functions(self.entries.clone()));
        module.tables.get_mut(self.table).elem_segments.insert(segment);
        self.make_room(module);
    }

    fn make_room(&self, module: &mut Module) {
        let table = module.tables.get_mut(self.table);
        table.initial += self.entries.iter().map(|_| 1).sum::<u64>();
        table.maximum = table.maximum.map(|most| most.max(table.initial));
    }
}

/// The path of a function, without the hash that the compiler adds.
fn plain_name(function: &Function) -> Option<&str> {
    let name = function.name.as_deref()?;
    Some(name.rsplit_once("::h").filter(|(_, hash)| hash.len() == 16).map_or(name, |(path, _)| path))
}

/// The functions that JavaScript calls, or that are called by their place in the table.
fn pointed_at(module: &Module) -> Vec<FunctionId> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(function) => Some(function),
        _ => None,
    });
    let in_tables = module.elements.iter().flat_map(|element| match &element.items {
        ElementItems::Functions(functions) => functions.clone(),
        ElementItems::Expressions(_, items) => {
            let function = |item: &ConstExpr| match item {
                ConstExpr::RefFunc(function) => Some(*function),
                _ => None,
            };
            items.iter().filter_map(function).collect()
        }
    });
    exported.chain(in_tables).chain(module.start).collect()
}

/// What a function refers to.
#[derive(Default)]
struct Uses {
    functions: Vec<FunctionId>,
    memories: Vec<MemoryId>,
    tables: Vec<TableId>,
    globals: Vec<GlobalId>,
}

impl Uses {
    fn of(module: &Module, function: FunctionId) -> Uses {
        let mut uses = Uses::default();
        if let FunctionKind::Local(local) = &module.funcs.get(function).kind {
            dfs_in_order(&mut uses, local, local.entry_block());
        }
        uses
    }
}

impl<'i> Visitor<'i> for Uses {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.push(*function);
    }

    fn visit_memory_id(&mut self, memory: &MemoryId) {
        self.memories.push(*memory);
    }

    fn visit_table_id(&mut self, table: &TableId) {
        self.tables.push(*table);
    }

    fn visit_global_id(&mut self, global: &GlobalId) {
        self.globals.push(*global);
    }
}

/// What the second half has of the first, with the name of each.
struct Shared {
    names: BTreeMap<String, ExportItem>,
}

impl Shared {
    fn of(module: &Module, cut: &Cut) -> Shared {
        let mut functions = BTreeSet::new();
        let (mut memories, mut tables, mut globals) = (BTreeSet::new(), BTreeSet::from([cut.table]), BTreeSet::new());
        for function in &cut.second {
            let uses = Uses::of(module, *function);
            functions.extend(uses.functions.into_iter().filter(|called| !cut.second.contains(called)));
            memories.extend(uses.memories);
            tables.extend(uses.tables);
            globals.extend(uses.globals);
        }
        let items = memories
            .into_iter()
            .map(ExportItem::Memory)
            .chain(tables.into_iter().map(ExportItem::Table))
            .chain(globals.into_iter().map(ExportItem::Global))
            .chain(functions.into_iter().map(ExportItem::Function));
        let is_free = |name: &String| module.exports.iter().all(|export| export.name != *name);
        Shared { names: (0..).map(name).filter(is_free).zip(items).collect() }
    }

    /// Exports them.
    fn give(&self, first: &mut Module) {
        for (name, item) in &self.names {
            first.exports.add(name, *item);
        }
    }

    /// Has the second half import them, and be nothing else than its functions and their places.
    fn take(&self, second: &mut Module) -> Result<()> {
        let exports: Vec<_> = second.exports.iter().map(|export| export.id()).collect();
        exports.into_iter().for_each(|export| second.exports.delete(export));
        let elements: Vec<_> = second.elements.iter().map(|element| element.id()).collect();
        elements.into_iter().for_each(|element| second.elements.delete(element));
        second.tables.iter_mut().for_each(|table| table.elem_segments.clear());
        let memories: Vec<_> = second.memories.iter().map(|memory| memory.id()).collect();
        memories.iter().for_each(|memory| second.memories.get_mut(*memory).data_segments.clear());
        let data: Vec<_> = second.data.iter().map(|data| data.id()).collect();
        data.into_iter().for_each(|data| second.data.delete(data));
        second.start = None;
        for (name, item) in &self.names {
            match *item {
                ExportItem::Function(function) => {
                    let ty = second.funcs.get(function).ty();
                    // What JavaScript gives comes by way of the first half as well.
                    if let FunctionKind::Import(from_elsewhere) = &second.funcs.get(function).kind {
                        second.imports.delete(from_elsewhere.import);
                    }
                    let import = second.imports.add(FIRST, name, function);
                    second.funcs.get_mut(function).kind = FunctionKind::Import(ImportedFunction { import, ty });
                }
                ExportItem::Memory(memory) => {
                    second.memories.get_mut(memory).import = Some(second.imports.add(FIRST, name, memory));
                }
                ExportItem::Table(table) => {
                    second.tables.get_mut(table).import = Some(second.imports.add(FIRST, name, table));
                }
                ExportItem::Global(global) => {
                    second.globals.get_mut(global).kind = GlobalKind::Import(second.imports.add(FIRST, name, global));
                }
                ExportItem::Tag(_) => bail!("The module throws."),
            }
        }
        Ok(())
    }
}

/// The shortest names there are: `a` to `z`, then `ba` and so on.
fn name(mut nth: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + u8::try_from(nth % 26).unwrap_or(0)));
        nth /= 26;
        if nth == 0 {
            return name;
        }
    }
}
