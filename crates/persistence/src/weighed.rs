//! `SUM(CASE column WHEN value THEN weight …)`: what the rows of a group weigh together.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, SingleValue, SqlType};

/// The sum of the weights of the values in a column; of others nothing.
#[derive(Debug, Clone)]
pub(crate) struct Weighed<'w, C, T> {
    pub(crate) column: C,
    pub(crate) weights: &'w [(T, i64)],
}

impl<C: Expression, T> Expression for Weighed<'_, C, T> {
    type SqlType = BigInt;
}

impl<C: AppearsOnTable<Q>, T, Q> AppearsOnTable<Q> for Weighed<'_, C, T> {}

impl<C: SelectableExpression<Q>, T, Q> SelectableExpression<Q> for Weighed<'_, C, T> {}

impl<C, T, G> ValidGrouping<G> for Weighed<'_, C, T> {
    type IsAggregate = is_aggregate::Yes;
}

impl<C, T> QueryId for Weighed<'_, C, T> {
    type QueryId = ();
    // The text depends on the number of weights, so it is the text by which the plan is kept.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<D, C, T> QueryFragment<D> for Weighed<'_, C, T>
where
    D: Backend + HasSqlType<C::SqlType> + HasSqlType<BigInt>,
    C: QueryFragment<D> + Expression,
    C::SqlType: SqlType + SingleValue,
    T: ToSql<C::SqlType, D>,
    i64: ToSql<BigInt, D>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, D>) -> QueryResult<()> {
        out.push_sql("CAST(SUM(CASE ");
        self.column.walk_ast(out.reborrow())?;
        for (value, weight) in self.weights {
            out.push_sql(" WHEN ");
            out.push_bind_param::<C::SqlType, _>(value)?;
            out.push_sql(" THEN ");
            out.push_bind_param::<BigInt, _>(weight)?;
        }
        out.push_sql(" ELSE 0 END) AS BIGINT)");
        Ok(())
    }
}
