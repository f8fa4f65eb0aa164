//! `column IN (values)`, said so that the database keeps the plan.
//!
//! Diesel's own `eq_any` is prepared anew each time on SQLite, as its text differs with the number of values; reading
//! that text costs more than answering it. Here the last value is repeated until their number is a power of two, so
//! that few texts stand for all lists. PostgreSQL gets one array, as with `eq_any`.

use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::is_nullable::{IsSqlTypeNullable, MaybeNullable};
use diesel::sql_types::{Array, Bool, HasSqlType, MaybeNullableType, SingleValue, SqlType};
use diesel::sqlite::Sqlite;

/// The longest list of which the plan is kept.
const LONGEST: usize = 512;

/// A column among values, or among none of them.
#[derive(Debug, Clone)]
pub(crate) struct Among<C, T> {
    column: C,
    values: Vec<T>,
    is_among: bool,
}

/// What every column can be asked.
pub(crate) trait AmongMethods: Expression + Sized {
    /// Whether it is one of these values.
    fn among<T: AsExpression<Self::SqlType>>(self, values: impl IntoIterator<Item = T>) -> Among<Self, T>
    where
        Self::SqlType: SqlType + TypedExpressionType,
    {
        Among { column: self, values: values.into_iter().collect(), is_among: true }
    }

    /// Whether it is none of these values.
    fn not_among<T: AsExpression<Self::SqlType>>(self, values: impl IntoIterator<Item = T>) -> Among<Self, T>
    where
        Self::SqlType: SqlType + TypedExpressionType,
    {
        Among { column: self, values: values.into_iter().collect(), is_among: false }
    }
}

impl<C: Expression> AmongMethods for C {}

impl<C, T> Expression for Among<C, T>
where
    C: Expression,
    C::SqlType: SqlType,
    IsSqlTypeNullable<C::SqlType>: MaybeNullableType<Bool>,
{
    type SqlType = MaybeNullable<IsSqlTypeNullable<C::SqlType>, Bool>;
}

impl<C, T, Q> AppearsOnTable<Q> for Among<C, T>
where
    Self: Expression,
    C: AppearsOnTable<Q>,
{
}

impl<C, T, Q> SelectableExpression<Q> for Among<C, T>
where
    Self: AppearsOnTable<Q>,
    C: SelectableExpression<Q>,
{
}

impl<C, T, G> ValidGrouping<G> for Among<C, T> {
    type IsAggregate = is_aggregate::Never;
}

impl<C, T> QueryId for Among<C, T> {
    type QueryId = ();
    // The text depends on the number of values, so it is the text by which the plan is kept.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, T> QueryFragment<Sqlite> for Among<C, T>
where
    C: QueryFragment<Sqlite> + Expression,
    C::SqlType: SqlType + SingleValue,
    Sqlite: HasSqlType<C::SqlType>,
    T: ToSql<C::SqlType, Sqlite>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql(if self.is_among { "1=0" } else { "1=1" });
            return Ok(());
        };
        let mut count = self.values.len().next_power_of_two();
        if count > LONGEST {
            out.unsafe_to_cache_prepared();
            count = self.values.len();
        }
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(if self.is_among { " IN (" } else { " NOT IN (" });
        for (index, value) in self.values.iter().chain(std::iter::repeat(last)).take(count).enumerate() {
            if index > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<C::SqlType, _>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl<C, T> QueryFragment<Pg> for Among<C, T>
where
    C: QueryFragment<Pg> + Expression,
    C::SqlType: SqlType,
    Pg: HasSqlType<Array<C::SqlType>>,
    Vec<T>: ToSql<Array<C::SqlType>, Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(if self.is_among { " = ANY(" } else { " != ALL(" });
        out.push_bind_param::<Array<C::SqlType>, _>(&self.values)?;
        out.push_sql(")");
        Ok(())
    }
}
